#include "limit.h"

namespace homeward {

bool crosses(const Limit& limit, float value) {
  switch (limit.crosses) {
    case Crosses::Below:
      return value < limit.limit;
    case Crosses::AtMost:
      return value <= limit.limit;
    case Crosses::Above:
      return value > limit.limit;
    default:
      return value >= limit.limit;
  }
}

bool isClear(const Limit& limit, float value) {
  switch (limit.crosses) {
    case Crosses::Below:
      return value >= limit.clearAt;
    case Crosses::AtMost:
      return value > limit.clearAt;
    case Crosses::Above:
      return value <= limit.clearAt;
    default:
      return value < limit.clearAt;
  }
}

bool LimitWatch::read(const Limit& limit, float value, Millis now) {
  const bool counts = crossed_ ? isClear(limit, value) : crosses(limit, value);
  if (!counts) {
    running_ = false;
    return crossed_;
  }
  if (!running_) {
    running_ = true;
    since_ = now;
    readings_ = 0;
  }
  if (readings_ < UINT8_MAX) ++readings_;
  return settle(limit, now);
}

bool LimitWatch::miss(const Limit& limit, Millis now) {
  if (crossed_) {
    running_ = false;
    return true;
  }
  return running_ ? settle(limit, now) : false;
}

bool LimitWatch::settle(const Limit& limit, Millis now) {
  const Millis span = elapsed(now, since_);
  const bool isOver = crossed_ ? span >= limit.offDelay
                               : span >= limit.onDelay && readings_ >= limit.confirmReadings;
  if (isOver) {
    crossed_ = !crossed_;
    running_ = false;
  }
  return crossed_;
}

}  // namespace homeward
