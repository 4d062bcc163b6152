#pragma once
#include <stddef.h>
#include <stdint.h>

#include "time.h"

namespace homeward {

/** What a key did. */
enum class KeyEvent : uint8_t { None, Digit, Cleared, Entered, TooLong };

/**
 * A PIN as it is typed: digits, `*` begins anew, `#` ends. What was begun is forgotten after 10 s without a key. The digits stay here
 * until they are taken or forgotten, and are wiped then.
 */
class Keypad {
 public:
  static constexpr uint8_t kMost = 12;
  static constexpr Millis kForgetAfter = 10 * kSecond;

  KeyEvent press(char key, Millis now);

  /** To be asked at every turn. @returns whether something half typed was forgotten now */
  bool forget(Millis now);

  /** After `Entered`: copies the digits and wipes them here. @param out room for `kMost` and the end */
  void take(char out[kMost + 1]);

  uint8_t digits() const { return count_; }

 private:
  void wipe();

  char all_[kMost + 1] = {};
  uint8_t count_ = 0;
  bool isEntered_ = false;
  Millis at_ = 0;
};

}  // namespace homeward
