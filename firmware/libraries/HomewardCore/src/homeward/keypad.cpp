#include "keypad.h"

namespace homeward {

KeyEvent Keypad::press(char key, Millis now) {
  forget(now);
  // What was entered waits to be taken; a key after it begins anew.
  if (isEntered_) wipe();
  at_ = now;
  if (key == '*') {
    wipe();
    return KeyEvent::Cleared;
  }
  if (key == '#') {
    if (count_ == 0) return KeyEvent::None;
    isEntered_ = true;
    return KeyEvent::Entered;
  }
  if (key < '0' || key > '9') return KeyEvent::None;
  if (count_ == kMost) {
    wipe();
    return KeyEvent::TooLong;
  }
  all_[count_++] = key;
  return KeyEvent::Digit;
}

bool Keypad::forget(Millis now) {
  if (count_ == 0 || elapsed(now, at_) < kForgetAfter) return false;
  wipe();
  return true;
}

void Keypad::take(char out[kMost + 1]) {
  for (uint8_t n = 0; n <= kMost; ++n) out[n] = n < count_ ? all_[n] : '\0';
  wipe();
}

void Keypad::wipe() {
  // Through a volatile pointer: a compiler may drop a write that nobody reads.
  volatile char* const digits = all_;
  for (uint8_t n = 0; n <= kMost; ++n) digits[n] = '\0';
  count_ = 0;
  isEntered_ = false;
}

}  // namespace homeward
