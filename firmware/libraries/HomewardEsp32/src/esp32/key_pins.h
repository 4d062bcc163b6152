#pragma once
#include <driver/gpio.h>
#include <esp_rom_sys.h>

#include "drivers/key_matrix.h"

namespace homeward {

/** A keypad of four rows and four columns on eight pins. -1 as the first row: there is none. */
struct KeyPads {
  int8_t rows[KeyMatrix::kRows];
  int8_t columns[4];
};

/** Drives each row to ground alone and looks which columns follow it; a row at rest drives nothing. */
class KeyPins {
 public:
  explicit KeyPins(const KeyPads& pads) : pads_(pads) {}
  bool isThere() const { return pads_.rows[0] >= 0; }

  void begin() {
    if (!isThere()) return;
    for (const int8_t row : pads_.rows) {
      gpio_set_level(number(row), 1);
      gpio_set_direction(number(row), GPIO_MODE_OUTPUT_OD);
    }
    for (const int8_t column : pads_.columns) {
      gpio_set_direction(number(column), GPIO_MODE_INPUT);
      gpio_set_pull_mode(number(column), GPIO_PULLUP_ONLY);
    }
  }

  /** @returns the key that went down now; 0: none */
  char scan(Millis now) {
    uint8_t rows[KeyMatrix::kRows] = {};
    for (uint8_t row = 0; isThere() && row < KeyMatrix::kRows; ++row) {
      gpio_set_level(number(pads_.rows[row]), 0);
      // The pull-up of 45 kOhm and a metre of cable take 2 µs.
      esp_rom_delay_us(5);
      for (uint8_t column = 0; column < 4; ++column) {
        if (gpio_get_level(number(pads_.columns[column])) == 0) rows[row] = static_cast<uint8_t>(rows[row] | 1 << column);
      }
      gpio_set_level(number(pads_.rows[row]), 1);
      esp_rom_delay_us(5);
    }
    return matrix_.scan(rows, now);
  }

 private:
  static gpio_num_t number(int8_t pin) { return static_cast<gpio_num_t>(pin); }

  KeyPads pads_;
  KeyMatrix matrix_;
};

}  // namespace homeward
