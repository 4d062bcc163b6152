#pragma once
#include "node.h"

namespace homeward {

/** What a motion node is made of. */
struct MotionParts {
  Identity identity;
  bool hasSiren;
};

/** Tells that somebody moves. */
class MotionNode final : public Node {
 public:
  /** A passive infrared sensor tells nonsense for so long after its power came. Source: firmware.md §5 (HC-SR501: about 60 s). */
  static constexpr Millis kWarmup = kMinute;
  /** Motion lasts so long after the last sign of it: a room full of people is one motion, not a hundred. Ours. */
  static constexpr Millis kLasts = 10 * kSecond;
  /** Default of `Debounce`. */
  static constexpr Millis kBounce = 50;

  MotionNode(Board& board, const MotionParts& parts) : Node(board, parts.identity, parts.hasSiren), input_(kBounce) {}

  /** The sensor's line; may bounce. */
  void motion(bool seen, Millis now) { input_.read(seen, now); }

 private:
  void start(Millis now) override;
  Call judge(Millis now) override;
  const char* obey(const Incoming&, Millis) override { return kForeign; }
  void tell(JsonWriter& json) const override;
  const char* fault() const override { return nullptr; }
  bool isBeeping(Millis) override { return false; }

  Debounce input_;
  Contact motion_ = {"motion", false};
  bool isWarm_ = false;
  Millis startedAt_ = 0;
  Millis seenAt_ = 0;
};

}  // namespace homeward
