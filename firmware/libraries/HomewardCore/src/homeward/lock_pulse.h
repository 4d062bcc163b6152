#pragma once
#include "time.h"

namespace homeward {

/**
 * The strike of a door: open for one pulse, and never longer than the ceiling, whatever else hangs. Closed at the start. Source:
 * safety.md ACC-8: 5 s; the hub does not lock again, the board does.
 */
class LockPulse {
 public:
  static constexpr Millis kCeiling = 5 * kSecond;

  explicit LockPulse(Millis span = kCeiling) : span_(span < kCeiling ? span : kCeiling) {}

  /** Opens. While it is open already nothing is added: no row of commands holds a door open. */
  void open(Millis now) {
    if (isOpen(now)) return;
    open_ = true;
    openedAt_ = now;
  }

  /** The door was opened and closed again: locked at once. */
  void relock() { open_ = false; }

  /** Whether the strike is to be held open now. Asked at every turn. */
  bool isOpen(Millis now) {
    if (open_ && elapsed(now, openedAt_) >= span_) open_ = false;
    return open_;
  }

 private:
  Millis span_;
  Millis openedAt_ = 0;
  bool open_ = false;
};

}  // namespace homeward
