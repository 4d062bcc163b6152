#include "update_trial.h"

namespace homeward {

Fate UpdateTrial::judge(const SelfTest& test, Millis now) {
  const bool isGood = test.areSensorsServed && test.areOutputsServed && test.areSettingsRead;
  if (isGood) {
    sinceBad_ = now;
    const Millis due = test.isWelcomed ? kHolds : kHoldsUnheard;
    return elapsed(now, sinceGood_) >= due ? Fate::Keep : Fate::Wait;
  }
  sinceGood_ = now;
  if (elapsed(now, sinceBad_) < kFailsAfter || test.isInAlarm) return Fate::Wait;
  return Fate::RollBack;
}

}  // namespace homeward
