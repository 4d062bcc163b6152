#pragma once
#include "tone.h"

namespace homeward {

/**
 * The one sounder of a board: what the board itself wants sounded and what the hub wants, the worse of the two. A renewed lease
 * does not begin the signal anew; another tone does. Source: safety.md §1.5 and SIR-1.
 */
class Siren {
 public:
  /** The longest hush, ms. Source: safety.md ALM-2 allows 10 min; a board that nobody watches is held to 9. */
  static constexpr Millis kLongestHush = 9 * kMinute;

  /**
   * The hub wants that tone; renewed by saying it again. `None` takes it back.
   * @param lease for how long without another word; never longer than the tone's own lease
   */
  void command(Tone tone, Millis now, Millis lease = UINT32_MAX);

  /**
   * What the board's own limits want; said at every turn. A new or worse danger ends a hush.
   * @param mayHush false at the critical level: it cannot be silenced
   */
  void want(Tone tone, bool mayHush, Millis now);

  /** Silence for a while, by a person. @returns false: it is not silenced; nothing that may be sounds now */
  bool hush(Millis span, Millis now);

  /** What comes out now. */
  Output output(Millis now);

  /** The tone that sounds, or would without the hush. */
  Tone tone() const { return tone_; }

  /** Whether it counts as on: not while all that it has is a chirp of the board's own. */
  bool isOn() const { return tone_ < Tone::Chirp || hub_ != Tone::None; }

 private:
  void choose(Millis now);

  Tone own_ = Tone::None;
  Tone hub_ = Tone::None;
  Tone tone_ = Tone::None;
  bool mayHush_ = true;
  bool hushed_ = false;
  Millis leaseFrom_ = 0;
  Millis leaseFor_ = 0;
  Millis toneFrom_ = 0;
  Millis hushFrom_ = 0;
  Millis hushFor_ = 0;
};

}  // namespace homeward
