#include "entry_watch.h"

#include <string.h>

namespace homeward {

bool EntryWatch::hear(const FlatObject& message, Millis now) {
  char kind[8];
  uint32_t left = 0;
  if (message.fields() != 2 || !message.word("kind", kind, sizeof kind) || !message.number("leftMs", left)) return false;
  const bool isEntry = strcmp(kind, "entry") == 0;
  const bool isNone = strcmp(kind, "none") == 0;
  if (!isEntry && !isNone && strcmp(kind, "exit") != 0) return false;
  sounds_ = false;
  isEntry_ = isEntry;
  countdown_.start(isNone ? 0 : left, now);
  return true;
}

Tone EntryWatch::tone(Millis now) {
  if (isEntry_ && countdown_.left(now) == 0) {
    isEntry_ = false;
    sounds_ = true;
    soundsFrom_ = now;
  }
  if (sounds_ && elapsed(now, soundsFrom_) >= kSoundsFor) sounds_ = false;
  return sounds_ ? Tone::Steady : Tone::None;
}

}  // namespace homeward
