#pragma once
#include "time.h"

namespace homeward {

/**
 * How long to wait before the broker is tried again: 1 s, doubled each time up to 5 min, half of it by chance so that a house full
 * of boards does not come back at once. It begins anew only when the broker has said welcome (CONNACK 0): a TCP connection alone
 * would let a wrong password hammer it.
 */
class Backoff {
 public:
  static constexpr Millis kFirst = kSecond;
  static constexpr Millis kLongest = 5 * kMinute;

  /** @param random any number */
  Millis next(uint32_t random) {
    const Millis whole = step_ < kLongest ? step_ : kLongest;
    if (step_ < kLongest) step_ *= 2;
    const Millis half = whole / 2;
    return half + random % (whole - half + 1);
  }

  void welcomed() { step_ = kFirst; }

 private:
  Millis step_ = kFirst;
};

}  // namespace homeward
