#pragma once
#include "time.h"

namespace homeward {

/**
 * A contact that bounces: it counts as changed when it has stayed so for `hold`. Default of motion and doors: 50 ms; a tamper or
 * smoke contact must be processed when it lasts 400 ms (EN 50131-1 8.9.1), so no hold may be longer.
 */
class Debounce {
 public:
  explicit Debounce(Millis hold, bool initial = false) : hold_(hold), raw_(initial), stable_(initial) {}

  /** @returns what the contact counts as now */
  bool read(bool closed, Millis now) {
    if (closed != raw_) {
      raw_ = closed;
      since_ = now;
    }
    if (raw_ != stable_ && elapsed(now, since_) >= hold_) stable_ = raw_;
    return stable_;
  }

  /** Nothing new came: what bounced last may have settled meanwhile. To be asked at every turn. */
  bool settle(Millis now) { return read(raw_, now); }

  bool isOn() const { return stable_; }

 private:
  Millis hold_;
  Millis since_ = 0;
  bool raw_;
  bool stable_;
};

}  // namespace homeward
