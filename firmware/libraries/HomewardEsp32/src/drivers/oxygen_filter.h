#pragma once
#include <stdint.h>

#include "homeward/time.h"

namespace homeward {

/**
 * Takes single wrong bits out of oxygen readings: the median of the last five. What goes back towards normal air goes at most 0.2 %
 * vol a second; what goes away from it is believed as it is, so that no filter delays an alarm longer than two readings. Source:
 * firmware.md §5 (48.7 % was seen in air of 20.9 %), safety.md §3.2: more than 2 % in 10 s is implausible.
 */
class OxygenFilter {
 public:
  static constexpr uint8_t kWindow = 5;

  /** @param percent as the sensor said it, also when it is impossible @returns what counts now, % vol */
  float put(float percent, Millis now);

 private:
  float median() const;

  float last_[kWindow] = {};
  uint8_t count_ = 0;
  uint8_t next_ = 0;
  bool hasValue_ = false;
  float value_ = 0.0f;
  Millis at_ = 0;
};

}  // namespace homeward
