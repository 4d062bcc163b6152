#include "door_inputs.h"

#include <Arduino.h>
#include <esp_attr.h>
#include <esp_timer.h>

namespace homeward {
namespace {

/** What the loops of a board are fed with, mV. */
constexpr uint16_t kSupplyMv = 3300;

}  // namespace

DoorInputs::DoorInputs(DoorNode& node, const DoorPins& pins)
    : node_(node), pins_(pins), bolt_(pins.bolt), leaving_(pins.leaving), case_(pins.tamper, pins.hush), keys_(pins.keys), loop_(kSupplyMv) {}

bool DoorInputs::begin() {
  bolt_.begin();
  leaving_.begin();
  case_.begin();
  keys_.begin();
  if (pins_.d0 < 0) return true;
  const esp_err_t service = gpio_install_isr_service(0);
  if (service != ESP_OK && service != ESP_ERR_INVALID_STATE) return false;
  return listen(pins_.d0, hearZero) && listen(pins_.d1, hearOne);
}

bool DoorInputs::listen(int8_t pin, void (*to)(void*)) {
  const gpio_num_t number = static_cast<gpio_num_t>(pin);
  // Both lines are high at rest; a bit is a pulse to ground.
  return gpio_set_direction(number, GPIO_MODE_INPUT) == ESP_OK && gpio_set_intr_type(number, GPIO_INTR_NEGEDGE) == ESP_OK &&
         gpio_isr_handler_add(number, to, this) == ESP_OK;
}

void IRAM_ATTR DoorInputs::hearZero(void* inputs) { static_cast<DoorInputs*>(inputs)->hear(false); }
void IRAM_ATTR DoorInputs::hearOne(void* inputs) { static_cast<DoorInputs*>(inputs)->hear(true); }

void IRAM_ATTR DoorInputs::hear(bool one) {
  Bit* const place = bits_.place();
  if (place == nullptr) return;
  *place = {one, static_cast<Millis>(esp_timer_get_time() / 1000)};
  bits_.put();
}

void DoorInputs::serve(Millis now) {
  const LoopState loop = loop_.read(static_cast<uint16_t>(analogReadMilliVolts(static_cast<uint8_t>(pins_.leafLoop))), now);
  isLoopSane_ = !isSabotage(loop);
  // Whoever was at the wires may have opened the door: both are told.
  node_.contact(DoorContact::Leaf, loop != LoopState::Closed, now);
  node_.contact(DoorContact::Bolt, bolt_.isThere() && !bolt_.isOpen(), now);
  node_.contact(DoorContact::Leaving, leaving_.isThere() && !leaving_.isOpen(), now);
  case_.serve(node_, now, isSabotage(loop));
  if (pins_.d0 >= 0) serveReader(now);
  const char key = keys_.scan(now);
  if (key != 0) node_.key(key, now);
}

void DoorInputs::serveReader(Millis now) {
  for (const Bit* bit = bits_.front(); bit != nullptr; bit = bits_.front()) {
    reader_.put(bit->one, bit->at);
    bits_.take();
  }
  // A bit may have come after this turn began: it must not look as if it were an age ago.
  const WiegandWord word = reader_.poll(boardClock());
  if (word.kind == WiegandWord::Kind::Key) node_.key(word.key, now);
}

}  // namespace homeward
