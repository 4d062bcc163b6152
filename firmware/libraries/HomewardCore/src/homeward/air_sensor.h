#pragma once
#include "air_limits.h"
#include "co_dose.h"
#include "sensor_health.h"

namespace homeward {

/** What one sensor means for the people in the room, worst first of all that holds. */
struct Verdict {
  Level level;
  Tone tone;
};

/**
 * One sensor of the air with its health, its limits and, of carbon monoxide, the dose. What cannot be believed is held against the
 * same limits: a second reading on the dangerous side alarms (safety.md AIR-2); while it warms up only at the critical ones.
 */
class AirSensor {
 public:
  /** A place for one; not to be read. */
  AirSensor();
  AirSensor(const SensorTraits& traits, CoStandard standard, Millis now, CoDose kept);

  /** A value came, believable or not. */
  void read(float value, Millis now);

  /** None came in this turn. */
  void miss(Millis now);

  Verdict verdict() const;
  Health health() const { return health_.health(); }
  Quantity quantity() const { return traits_.quantity; }
  const CoDose& dose() const { return dose_; }

  /** What it said last that was believed; not-a-number when it said nothing yet, or the last was not. */
  float value() const;

 private:
  void readBelieved(float value, Millis now);
  void readDoubtful(float value, Millis now);
  void breathe(Millis now);

  SensorTraits traits_;
  SensorHealth health_;
  CoDose dose_;
  LimitSpan span_;
  LimitWatch watches_[kLimitsPerQuantity];
  LimitWatch doubtful_[kLimitsPerQuantity];
  float last_ = 0.0f;
  bool hasLast_ = false;
  Millis breathedAt_;
};

}  // namespace homeward
