#pragma once
#include "time.h"

namespace homeward {

/** What a siren can sound, worst first: a later one never sounds in the place of an earlier one. */
enum class Tone : uint8_t { Fire, Co, Gas, Steady, Chirp, None };

constexpr uint8_t kTones = 5;

/** The word for it on the wire: `fire_t3`, `co_t4`, `gas`, `steady`, `chirp`; null for `None`. */
const char* wordOf(Tone tone);

/** The tone of that word; `None` when there is no such tone. */
Tone toneOf(const char* word);

/** How long it sounds on after the hub was heard last. */
Millis leaseOf(Tone tone);

/** What comes out of the siren at one moment. */
struct Output {
  bool on;
  /** The higher of two pitches. */
  bool high;
};

/** @param since how long the tone sounds already; a signal that never ends may count on from 0 again */
Output outputOf(Tone tone, Millis since);

}  // namespace homeward
