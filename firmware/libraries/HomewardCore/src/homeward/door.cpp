#include "door.h"

namespace homeward {

const char* wordOf(LockState state) {
  constexpr const char* kWords[] = {"LOCKED", "UNLOCKED", "JAMMED"};
  return kWords[static_cast<uint8_t>(state)];
}

void Door::see(bool open, bool home, bool leaving, Millis now) {
  strike_ = pulse_.isOpen(now);
  if (strike_ || leaving) {
    isRight_ = true;
    rightAt_ = now;
  } else if (elapsed(now, rightAt_) >= kRightFor) {
    isRight_ = false;
  }
  seeLeaf(open, now);
  seeBolt(home, now);
}

void Door::seeLeaf(bool open, Millis now) {
  if (open && !open_) {
    openedAt_ = now;
    forced_ = parts_.hasExit && !isRight_;
  }
  if (!open) {
    // One opening a pulse: who comes through closes it behind them.
    if (open_) pulse_.relock();
    strike_ = strike_ && !open_;
    forced_ = false;
    held_ = false;
  }
  open_ = open;
  if (open_ && elapsed(now, openedAt_) >= kHeldAfter) held_ = true;
}

void Door::seeBolt(bool home, Millis now) {
  home_ = home;
  const bool isToBeHome = parts_.hasBolt && !open_ && !strike_ && !home;
  if (!isToBeHome) {
    jammed_ = false;
  } else if (!isShut_) {
    shutAt_ = now;
  } else if (elapsed(now, shutAt_) >= kHomeIn) {
    jammed_ = true;
  }
  isShut_ = isToBeHome;
}

LockState Door::lockState() const {
  if (jammed_) return LockState::Jammed;
  const bool isOut = parts_.hasBolt && !home_;
  return strike_ || isOut ? LockState::Unlocked : LockState::Locked;
}

}  // namespace homeward
