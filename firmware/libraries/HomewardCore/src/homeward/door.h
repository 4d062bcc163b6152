#pragma once
#include "lock_pulse.h"

namespace homeward {

/** What a door has besides its strike. Without a bolt contact the strike is believed; without an exit contact no opening is forced. */
struct DoorParts {
  bool hasBolt;
  bool hasExit;
};

/** How the lock stands, as its contacts tell it. */
enum class LockState : uint8_t { Locked, Unlocked, Jammed };

/** `LOCKED`, `UNLOCKED`, `JAMMED`: Home Assistant's words. */
const char* wordOf(LockState state);

/**
 * A door: open for one pulse, locked again by itself, by its contact or by a word, and watched for what must not be. All contacts come
 * debounced. Source: safety.md ACC-8.
 */
class Door {
 public:
  /** Open for so long it is held. Source: ACC-8. */
  static constexpr Millis kHeldAfter = 30 * kSecond;
  /** After the strike let go, or the handle inside was used, an opening still counts as rightful. Ours: a slow hand. */
  static constexpr Millis kRightFor = 5 * kSecond;
  /** Closed and let go, the bolt has so long to come home. Ours: the slowest motor locks take 2 s. */
  static constexpr Millis kHomeIn = 3 * kSecond;

  Door(const DoorParts& parts, Millis pulse) : parts_(parts), pulse_(pulse) {}

  /** By a command that was obeyed. */
  void unlock(Millis now) { pulse_.open(now); }
  void lock() { pulse_.relock(); }

  /**
   * To be called at every turn.
   * @param open of the leaf
   * @param home of the bolt
   * @param leaving the handle or button inside is used
   */
  void see(bool open, bool home, bool leaving, Millis now);

  bool isStrikeOpen() const { return strike_; }
  bool isOpen() const { return open_; }
  /** Opened without the strike and without the handle inside; until it is closed. */
  bool isForced() const { return forced_; }
  bool isHeld() const { return held_; }
  LockState lockState() const;

 private:
  void seeLeaf(bool open, Millis now);
  void seeBolt(bool home, Millis now);

  DoorParts parts_;
  LockPulse pulse_;
  Millis openedAt_ = 0;
  Millis rightAt_ = 0;
  Millis shutAt_ = 0;
  bool strike_ = false;
  bool open_ = false;
  bool isRight_ = false;
  bool isShut_ = false;
  bool home_ = false;
  bool forced_ = false;
  bool held_ = false;
  bool jammed_ = false;
};

}  // namespace homeward
