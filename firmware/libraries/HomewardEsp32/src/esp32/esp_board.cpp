#include "esp_board.h"

#include <esp_random.h>

#include "homeward/lock_pulse.h"

namespace homeward {
namespace {

constexpr char kSettings[] = "settings";
/** Behind the ceiling of the node's own pulse, which is to come first. */
constexpr uint64_t kCutAfterUs = (LockPulse::kCeiling + 200) * 1000ULL;

void rest(int8_t pin) {
  if (pin < 0) return;
  const gpio_num_t number = static_cast<gpio_num_t>(pin);
  // The level first: the pin never drives anything else.
  gpio_set_level(number, 0);
  gpio_set_direction(number, GPIO_MODE_OUTPUT);
}

}  // namespace

EspBoard::EspBoard(const OutputPins& pins) : pins_(pins) {
  rest(pins.siren);
  rest(pins.pitch);
  rest(pins.buzzer);
  rest(pins.fan);
  rest(pins.strike);
}

void EspBoard::begin(NvsStore& store) {
  store_ = &store;
  esp_timer_create_args_t timer = {};
  timer.callback = cut;
  timer.arg = this;
  timer.name = "strike";
  if (pins_.strike >= 0) ESP_ERROR_CHECK(esp_timer_create(&timer, &cutter_));
}

void EspBoard::set(int8_t pin, bool on) {
  if (pin >= 0) gpio_set_level(static_cast<gpio_num_t>(pin), on ? 1 : 0);
}

void EspBoard::siren(Output output) {
  set(pins_.pitch, output.on && output.high);
  set(pins_.siren, output.on);
  ++served_;
}

void EspBoard::buzzer(bool on) { set(pins_.buzzer, on); }
void EspBoard::fan(bool on) { set(pins_.fan, on); }

void EspBoard::strike(bool open) {
  if (open && !isOpen_) {
    // No timer, no opening: a strike that nothing would close stays closed.
    isCut_ = cutter_ == nullptr || esp_timer_start_once(cutter_, kCutAfterUs) != ESP_OK;
  }
  if (!open && isOpen_) esp_timer_stop(cutter_);
  isOpen_ = open;
  set(pins_.strike, open && !isCut_);
}

void EspBoard::cut(void* board) {
  EspBoard* const self = static_cast<EspBoard*>(board);
  self->isCut_ = true;
  self->set(self->pins_.strike, false);
}

void EspBoard::random(uint8_t* out, size_t count) { esp_fill_random(out, count); }

size_t EspBoard::load(uint8_t* out, size_t room) { return store_->load(kSettings, out, room); }
bool EspBoard::save(const uint8_t* bytes, size_t count) { return store_->save(kSettings, bytes, count); }

}  // namespace homeward
