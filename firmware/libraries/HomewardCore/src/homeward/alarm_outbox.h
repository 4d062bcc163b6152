#pragma once
#include <stddef.h>
#include <stdint.h>

#include "time.h"

namespace homeward {

/** What the hub must know of, and has not said that it does. */
struct OpenAlarm {
  /** Key of the entity that alarms; stays where it is. */
  const char* entity;
  float value;
  uint32_t seq;
  /** When it happened, of the board's clock. */
  Millis at;
};

/**
 * Alarms that are said again until the hub has them on its disk (`homeward/<id>/ack {boot, seq}`). One place for each entity: the
 * newest word of an entity takes the place of an older one, so that a day without the hub loses no entity's alarm. Source: safety.md
 * ARC-2, DESIGN §7.
 */
class AlarmOutbox {
 public:
  static constexpr uint8_t kPlaces = 8;
  /** Said again so often while it is open. Ours: the hub answers within some ms; on a busy radio within a second. */
  static constexpr Millis kEvery = kSecond;

  /** @returns false: more entities than there are places; the oldest gave way */
  bool add(const char* entity, float value, uint32_t seq, Millis now);

  /** The hub has it. Another boot's, or one that is not open, changes nothing. */
  void acknowledge(bool isThisBoot, uint32_t seq);

  /** The next that is to be said now; null: none. It counts as said. */
  const OpenAlarm* due(Millis now);

  /** The broker is there again: all at once. */
  void hurry() { isFirst_ = true; }

  uint8_t open() const { return count_; }

 private:
  void drop(uint8_t at);

  OpenAlarm all_[kPlaces];
  Millis saidAt_[kPlaces];
  bool said_[kPlaces];
  uint8_t count_ = 0;
  bool isFirst_ = false;
};

}  // namespace homeward
