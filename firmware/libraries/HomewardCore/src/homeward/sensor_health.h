#pragma once
#include "quantity.h"
#include "time.h"

namespace homeward {

/** Whether a sensor can be believed. A doubtful one clears nothing. Source: safety.md §3.2. */
enum class Health : uint8_t { Warmup, Ok, Suspect, Fault, Lost };

/** How one kind of sensor behaves. */
struct SensorTraits {
  Quantity quantity;
  /** Until then it measures nothing that counts, from the start of the board. */
  Millis warmup;
  /** Silent for so long it is lost. Default of a sensor on the board: 10 s. */
  Millis lostAfter;
  /** The very same value for so long is doubtful; 0: it may stand still for ever. */
  Millis stuckAfter;
  /** A change of less than this is none, in the unit of the quantity. */
  float step;
};

/** Consecutive impossible values after which a sensor has a fault; the first one already makes it suspect. Source: safety.md §3.2. */
constexpr uint8_t kFaultAfter = 3;

/** Looks after one sensor. */
class SensorHealth {
 public:
  SensorHealth(const SensorTraits& traits, Millis now) : traits_(traits), bootAt_(now), heardAt_(now), changedAt_(now) {}

  /** A value came, whatever it is. @returns what the sensor counts as now */
  Health read(float value, Millis now);

  /** No value came in this turn. */
  Health miss(Millis now);

  Health health() const { return health_; }

  /** Whether what it said last may be compared with a limit. */
  bool isBelieved() const { return health_ == Health::Ok; }

 private:
  Health judge(Millis now);

  SensorTraits traits_;
  Millis bootAt_;
  Millis heardAt_;
  Millis changedAt_;
  float last_ = 0.0f;
  bool hasLast_ = false;
  bool isWarm_ = false;
  bool isStuck_ = false;
  bool isLost_ = false;
  uint8_t impossible_ = 0;
  Health health_ = Health::Warmup;
};

}  // namespace homeward
