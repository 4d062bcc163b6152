#pragma once
#include <stdint.h>

#include "homeward/time.h"

namespace homeward {

/**
 * A keypad of four rows and four columns, scanned row by row. A key is told once, when it has been down for 30 ms and no other is;
 * with two down nothing is told until all are up again, because three of them would look like a fourth.
 */
class KeyMatrix {
 public:
  static constexpr uint8_t kRows = 4;
  static constexpr Millis kHold = 30;

  /**
   * @param rows for each row, driven alone, the columns that answered: bit 0 is the first
   * @returns the key that went down now, of `123A456B789C*0#D`; 0: none
   */
  char scan(const uint8_t rows[kRows], Millis now);

 private:
  uint16_t down_ = 0;
  Millis since_ = 0;
  /** The keys that are down have been told, or cannot be told apart. */
  bool isDone_ = false;
};

}  // namespace homeward
