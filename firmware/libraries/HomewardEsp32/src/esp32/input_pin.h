#pragma once
#include <driver/gpio.h>
#include <stdint.h>

#include "homeward/debounce.h"
#include "homeward/node.h"

namespace homeward {

/** A contact between a pin and ground, pulled up inside: high is open. -1: there is none, and it is closed for ever. */
class InputPin {
 public:
  explicit InputPin(int8_t pin) : pin_(pin) {}
  void begin() {
    if (pin_ < 0) return;
    gpio_set_direction(static_cast<gpio_num_t>(pin_), GPIO_MODE_INPUT);
    gpio_set_pull_mode(static_cast<gpio_num_t>(pin_), GPIO_PULLUP_ONLY);
  }
  bool isOpen() const { return pin_ >= 0 && gpio_get_level(static_cast<gpio_num_t>(pin_)) == 1; }
  bool isThere() const { return pin_ >= 0; }

 private:
  int8_t pin_;
};

/** What every board has: a contact that opens with its case, and a button for silence. */
class CasePins {
 public:
  CasePins(int8_t tamper, int8_t hush) : tamper_(tamper), hush_(hush), pressed_(kHold) {}
  void begin() {
    tamper_.begin();
    hush_.begin();
  }
  /** @param isSabotaged something else than the case was tampered with */
  void serve(Node& node, Millis now, bool isSabotaged = false) {
    node.tamper(tamper_.isOpen() || isSabotaged, now);
    const bool wasPressed = pressed_.isOn();
    const bool isPressed = pressed_.read(hush_.isThere() && !hush_.isOpen(), now);
    if (isPressed && !wasPressed) node.hush(now);
  }

 private:
  static constexpr Millis kHold = 50;

  InputPin tamper_;
  InputPin hush_;
  Debounce pressed_;
};

}  // namespace homeward
