#pragma once
#include "time.h"

namespace homeward {

/**
 * Entry and exit beeps from one deadline that the hub said once, so that every board beeps alike and goes on when the hub is gone: one
 * beep a second, two a second in the last 10 s. Source: safety.md §1.5.
 */
class Countdown {
 public:
  /** The longest that is taken, ms. EN 50131-1 knows no more than 45 s of entry; exits of some minutes are usual. */
  static constexpr Millis kLongest = 5 * kMinute;

  /** @param left until the deadline, ms */
  void start(Millis left, Millis now);
  void stop() { running_ = false; }

  /** Whether the buzzer is on now. Silent once the deadline has passed: then the siren speaks. */
  bool isBeeping(Millis now);

  /** Until the deadline, ms; 0: none runs. */
  Millis left(Millis now);

 private:
  static constexpr Millis kBeep = 100;
  static constexpr Millis kFastFrom = 10 * kSecond;

  Millis span_ = 0;
  Millis startedAt_ = 0;
  bool running_ = false;
};

}  // namespace homeward
