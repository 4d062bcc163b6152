#include "countdown.h"

namespace homeward {

void Countdown::start(Millis left, Millis now) {
  span_ = left < kLongest ? left : kLongest;
  startedAt_ = now;
  running_ = span_ > 0;
}

Millis Countdown::left(Millis now) {
  if (running_ && elapsed(now, startedAt_) >= span_) running_ = false;
  return running_ ? span_ - elapsed(now, startedAt_) : 0;
}

bool Countdown::isBeeping(Millis now) {
  const Millis rest = left(now);
  if (rest == 0) return false;
  // Counted back from the deadline, so that all boards beep together.
  const Millis every = rest <= kFastFrom ? kSecond / 2 : kSecond;
  return (rest - 1) % every >= every - kBeep;
}

}  // namespace homeward
