#include "oxygen_filter.h"

#include <math.h>

namespace homeward {
namespace {

/** Of outdoor air, % vol. */
constexpr float kNormal = 20.9f;
/** % vol in a millisecond: 2 % in 10 s. */
constexpr float kBack = 0.0002f;

}  // namespace

float OxygenFilter::put(float percent, Millis now) {
  last_[next_] = percent;
  next_ = static_cast<uint8_t>((next_ + 1) % kWindow);
  if (count_ < kWindow) ++count_;
  const float target = median();
  const float most = kBack * static_cast<float>(elapsed(now, at_));
  const bool rises = value_ < kNormal && target > value_;
  const bool falls = value_ > kNormal && target < value_;
  if (hasValue_ && rises && target - value_ > most) {
    value_ += most;
  } else if (hasValue_ && falls && value_ - target > most) {
    value_ -= most;
  } else {
    value_ = target;
  }
  hasValue_ = true;
  at_ = now;
  return value_;
}

float OxygenFilter::median() const {
  float sorted[kWindow];
  for (uint8_t n = 0; n < count_; ++n) {
    uint8_t at = n;
    for (; at > 0 && sorted[at - 1] > last_[n]; --at) sorted[at] = sorted[at - 1];
    sorted[at] = last_[n];
  }
  return sorted[count_ / 2];
}

}  // namespace homeward
