#pragma once
#include <stdint.h>

#include "homeward/time.h"

namespace homeward {

/** What a Wiegand reader said. */
struct WiegandWord {
  enum class Kind : uint8_t { None, Key, Card };
  Kind kind;
  /** `0`..`9`, `*`, `#`. */
  char key;
  /** The number without its parity: 24 bits of a 26-bit card, 32 of a 34-bit one. It is no secret: whoever sees a card can copy it. */
  uint32_t card;
};

/**
 * Words of a Wiegand reader: cards of 26 and 34 bits, whose first bit makes the first half even and whose last makes the second half
 * odd; keys of 4 bits, or of 8 with their complement first. Anything else, and whatever fails its parity, is nothing.
 */
class Wiegand {
 public:
  /** So long after the last bit a word is over; bits are 1 to 2 ms apart. */
  static constexpr Millis kQuiet = 25;

  /** A pulse on D1 (true) or D0. */
  void put(bool one, Millis now);

  /** To be asked at every turn. */
  WiegandWord poll(Millis now);

 private:
  /** More bits than any word has: it is passed over. */
  static constexpr uint8_t kTooMany = 35;

  uint64_t bits_ = 0;
  uint8_t count_ = 0;
  Millis at_ = 0;
};

}  // namespace homeward
