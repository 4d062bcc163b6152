#pragma once
#include "homeward/debounce.h"

namespace homeward {

/** What a sensor of motion says. */
enum class Motion : uint8_t { Unknown, Still, Moving };

/**
 * A pyroelectric sensor with a switched output (AM312, HC-SR501). While it warms up it says nothing that counts. A pulse must last
 * 100 ms: radio can trigger some of them for less, and they hold their output for two seconds or more themselves.
 */
class Pir {
 public:
  /** Of the HC-SR501; an AM312 is ready sooner. Source: firmware.md §5. */
  static constexpr Millis kWarmup = kMinute;
  static constexpr Millis kHold = 100;

  explicit Pir(Millis now, Millis warmup = kWarmup) : bootAt_(now), warmup_(warmup), output_(kHold) {}

  Motion read(bool high, Millis now) {
    const bool moves = output_.read(high, now);
    if (elapsed(now, bootAt_) >= warmup_) isWarm_ = true;
    if (!isWarm_) return Motion::Unknown;
    return moves ? Motion::Moving : Motion::Still;
  }

 private:
  Millis bootAt_;
  Millis warmup_;
  Debounce output_;
  bool isWarm_ = false;
};

}  // namespace homeward
