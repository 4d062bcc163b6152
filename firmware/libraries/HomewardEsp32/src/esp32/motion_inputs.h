#pragma once
#include "homeward/motion_node.h"
#include "input_pin.h"
#include "safety_task.h"

namespace homeward {

/** A sensor of motion with a switched output, high when it sees something. The node lets it warm up. */
class MotionInputs final : public Inputs {
 public:
  MotionInputs(MotionNode& node, int8_t pir, const CasePins& pins) : node_(node), pir_(pir), case_(pins) {}
  void begin() {
    gpio_set_direction(static_cast<gpio_num_t>(pir_), GPIO_MODE_INPUT);
    // A sensor that is off the wire says nothing, and its case says so.
    gpio_set_pull_mode(static_cast<gpio_num_t>(pir_), GPIO_PULLDOWN_ONLY);
    case_.begin();
  }
  void serve(Millis now) override {
    isSeen_ = gpio_get_level(static_cast<gpio_num_t>(pir_)) == 1;
    node_.motion(isSeen_, now);
    case_.serve(node_, now);
  }
  bool areAllHeard(Millis) const override { return true; }

  /** What the sensor says now; any task may ask. */
  bool isSeen() const { return isSeen_; }

 private:
  MotionNode& node_;
  int8_t pir_;
  CasePins case_;
  volatile bool isSeen_ = false;
};

}  // namespace homeward
