#include "siren.h"

namespace homeward {

void Siren::command(Tone tone, Millis now, Millis lease) {
  hub_ = tone;
  leaseFrom_ = now;
  leaseFor_ = lease < leaseOf(tone) ? lease : leaseOf(tone);
  choose(now);
}

void Siren::want(Tone tone, bool mayHush, Millis now) {
  own_ = tone;
  mayHush_ = mayHush;
  if (!mayHush_) hushed_ = false;
  choose(now);
}

bool Siren::hush(Millis span, Millis now) {
  if (tone_ == Tone::None || !mayHush_) return false;
  hushed_ = true;
  hushFrom_ = now;
  hushFor_ = span < kLongestHush ? span : kLongestHush;
  return true;
}

Output Siren::output(Millis now) {
  if (hub_ != Tone::None && elapsed(now, leaseFrom_) >= leaseFor_) hub_ = Tone::None;
  choose(now);
  if (hushed_ && elapsed(now, hushFrom_) >= hushFor_) hushed_ = false;
  if (hushed_) return {false, false};
  return outputOf(tone_, elapsed(now, toneFrom_));
}

void Siren::choose(Millis now) {
  const Tone worse = own_ < hub_ ? own_ : hub_;
  if (worse == tone_) return;
  if (worse < tone_) hushed_ = false;
  if (worse == Tone::None) hushed_ = false;
  tone_ = worse;
  toneFrom_ = now;
}

}  // namespace homeward
