#pragma once
#include <driver/gpio.h>
#include <esp_timer.h>

#include "homeward/board.h"
#include "homeward/time.h"
#include "nvs_store.h"

namespace homeward {

/** The output pins of a board; -1: it has none. All are active high, each with a resistor that pulls it down: see the wiring page. */
struct OutputPins {
  int8_t siren;
  /** The second pitch of the siren, when it has one. */
  int8_t pitch;
  int8_t buzzer;
  int8_t fan;
  int8_t strike;
};

/**
 * The pins and the flash of an ESP32 for the node. A global of the sketch: its constructor puts all outputs to rest, and runs before
 * `setup()`.
 */
class EspBoard final : public Board {
 public:
  explicit EspBoard(const OutputPins& pins);

  /** After `NvsStore::begin`. */
  void begin(NvsStore& store);

  void siren(Output output) override;
  void buzzer(bool on) override;
  void fan(bool on) override;
  /**
   * Whatever hangs, a timer of the chip lets the strike go 200 ms after the ceiling of `LockPulse`; until the strike was asked to close
   * it then stays closed.
   */
  void strike(bool open) override;
  void random(uint8_t* out, size_t count) override;
  size_t load(uint8_t* out, size_t room) override;
  bool save(const uint8_t* bytes, size_t count) override;

  /** How often outputs were set since the start: what the watchdog is fed by. */
  uint32_t served() const { return served_; }

 private:
  static void cut(void* board);
  void set(int8_t pin, bool on);

  OutputPins pins_;
  NvsStore* store_ = nullptr;
  esp_timer_handle_t cutter_ = nullptr;
  volatile bool isCut_ = false;
  bool isOpen_ = false;
  uint32_t served_ = 0;
};

/** ms since the start, of the 64-bit timer: it wraps as `Millis` does. */
inline Millis boardClock() { return static_cast<Millis>(esp_timer_get_time() / 1000); }

}  // namespace homeward
