#include "tone.h"

#include <string.h>

namespace homeward {
namespace {

/** One tone as it stands in `firmware/contract/siren-patterns.csv`. */
struct Signal {
  const char* word;
  Millis lease;
  Millis cycle;
  /** On and off follow each other in beats of this length, … */
  Millis beat;
  /** … so many of each; then it is silent until the cycle ends. 0: never silent. */
  uint8_t groups;
};

/**
 * In the order of `Tone`. Source: safety.md §1.5: three pulses of ISO 8201 (0.5 s on, 0.5 s off, 4 s in all); four of 100 ms and
 * 5 s of silence; a gas leak alternates at 1 Hz between two pitches; one chirp in 45 s. Leases: SIR-1.
 */
constexpr Signal kSignals[kTones] = {
    {"fire_t3", 180 * kSecond, 4000, 500, 3}, {"co_t4", 180 * kSecond, 5800, 100, 4},
    {"gas", 30 * kSecond, 1000, 500, 0},      {"steady", 30 * kSecond, 1000, 500, 0},
    {"chirp", 30 * kSecond, 45 * kSecond, 100, 1},
};

const Signal& signalOf(Tone tone) { return kSignals[static_cast<uint8_t>(tone)]; }

}  // namespace

const char* wordOf(Tone tone) { return tone == Tone::None ? nullptr : signalOf(tone).word; }

Tone toneOf(const char* word) {
  for (uint8_t n = 0; n < kTones; ++n) {
    if (strcmp(kSignals[n].word, word) == 0) return static_cast<Tone>(n);
  }
  return Tone::None;
}

Millis leaseOf(Tone tone) { return tone == Tone::None ? 0 : signalOf(tone).lease; }

Output outputOf(Tone tone, Millis since) {
  if (tone == Tone::None) return {false, false};
  const Signal& signal = signalOf(tone);
  const Millis beat = since % signal.cycle / signal.beat;
  if (signal.groups == 0) return {true, tone == Tone::Gas && beat == 0};
  return {beat % 2 == 0 && beat / 2 < signal.groups, false};
}

}  // namespace homeward
