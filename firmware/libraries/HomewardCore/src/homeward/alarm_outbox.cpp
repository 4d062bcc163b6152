#include "alarm_outbox.h"

#include <string.h>

namespace homeward {

bool AlarmOutbox::add(const char* entity, float value, uint32_t seq, Millis now) {
  for (uint8_t n = 0; n < count_; ++n) {
    if (strcmp(all_[n].entity, entity) == 0) {
      drop(n);
      break;
    }
  }
  const bool fits = count_ < kPlaces;
  if (!fits) drop(0);
  all_[count_] = {entity, value, seq, now};
  said_[count_] = false;
  saidAt_[count_] = now;
  ++count_;
  return fits;
}

void AlarmOutbox::acknowledge(bool isThisBoot, uint32_t seq) {
  if (!isThisBoot) return;
  for (uint8_t n = 0; n < count_; ++n) {
    if (all_[n].seq != seq) continue;
    drop(n);
    return;
  }
}

const OpenAlarm* AlarmOutbox::due(Millis now) {
  if (isFirst_) {
    for (uint8_t n = 0; n < count_; ++n) said_[n] = false;
    isFirst_ = false;
  }
  for (uint8_t n = 0; n < count_; ++n) {
    if (said_[n] && elapsed(now, saidAt_[n]) < kEvery) continue;
    said_[n] = true;
    saidAt_[n] = now;
    return &all_[n];
  }
  return nullptr;
}

void AlarmOutbox::drop(uint8_t at) {
  --count_;
  for (uint8_t n = at; n < count_; ++n) {
    all_[n] = all_[n + 1];
    said_[n] = said_[n + 1];
    saidAt_[n] = saidAt_[n + 1];
  }
}

}  // namespace homeward
