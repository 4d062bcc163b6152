#include "motion_node.h"

namespace homeward {

void MotionNode::start(Millis now) {
  startedAt_ = now;
  add({motion_.key, Platform::BinarySensor, "Motion", "motion", nullptr, nullptr, 0, false});
}

Call MotionNode::judge(Millis now) {
  const bool isSeen = input_.settle(now);
  if (!isWarm_ && elapsed(now, startedAt_) >= kWarmup) {
    isWarm_ = true;
    changed();
  }
  if (isSeen) seenAt_ = now;
  show(motion_, isWarm_ && (isSeen || (motion_.isOn && elapsed(now, seenAt_) < kLasts)), now);
  return {Level::None, Tone::None};
}

void MotionNode::tell(JsonWriter& json) const {
  // "None" is Home Assistant's word for what is not known.
  json.word(motion_.key, !isWarm_ ? "None" : motion_.isOn ? "ON" : "OFF");
}

}  // namespace homeward
