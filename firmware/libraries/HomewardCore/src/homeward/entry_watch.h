#pragma once
#include "countdown.h"
#include "flat_object.h"
#include "tone.h"

namespace homeward {

/**
 * Entry and exit as the hub says them: `homeward/hub/countdown {kind, leftMs}`, `kind` = `entry`, `exit` or `none`. An entry that runs out
 * without a word of the hub sounds here: whoever breaks in and smashes the hub is heard all the same.
 */
class EntryWatch {
 public:
  /** So long it sounds without the hub. Source: safety.md §1.5: at least 90 s, and never endless. */
  static constexpr Millis kSoundsFor = 90 * kSecond;

  /** @returns false: no such message; nothing changes */
  bool hear(const FlatObject& message, Millis now);

  /** Whether the buzzer is on now. */
  bool isBeeping(Millis now) { return countdown_.isBeeping(now); }

  /** What the siren is to sound: `Steady` after an entry that nobody ended; else `None`. To be asked at every turn. */
  Tone tone(Millis now);

 private:
  Countdown countdown_;
  bool isEntry_ = false;
  bool sounds_ = false;
  Millis soundsFrom_ = 0;
};

}  // namespace homeward
