#pragma once
#include "time.h"

namespace homeward {

/** Whether the hub still beats. Lost after 60 s without a beat (safety.md SUP-4); it counts from the start of the board. */
class HubWatch {
 public:
  static constexpr Millis kLostAfter = kMinute;

  explicit HubWatch(Millis now) : heardAt_(now) {}

  /** `homeward/hub/beat` came, and was not retained. */
  void beat(Millis now) {
    heardAt_ = now;
    lost_ = false;
  }

  /** @returns whether the hub counts as lost; once lost it stays so until it beats, over any wrap of the clock */
  bool isLost(Millis now) {
    if (elapsed(now, heardAt_) >= kLostAfter) lost_ = true;
    return lost_;
  }

 private:
  Millis heardAt_;
  bool lost_ = false;
};

}  // namespace homeward
