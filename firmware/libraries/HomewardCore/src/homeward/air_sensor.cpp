#include "air_sensor.h"

#include <math.h>

namespace homeward {
namespace {

/** The same limit for what cannot be believed: two readings agree, no delay. Source: safety.md AIR-2. */
Limit doubtful(const Limit& limit) {
  Limit copy = limit;
  copy.onDelay = 0;
  copy.confirmReadings = 2;
  return copy;
}

}  // namespace

AirSensor::AirSensor() : AirSensor({Quantity::Oxygen, 0, 0, 0, 0.0f}, CoStandard::En, 0, CoDose()) {}

AirSensor::AirSensor(const SensorTraits& traits, CoStandard standard, Millis now, CoDose kept)
    : traits_(traits), health_(traits, now), dose_(kept), span_(limitsOf(traits.quantity)), breathedAt_(now) {
  dose_.follow(standard);
}

void AirSensor::read(float value, Millis now) {
  breathe(now);
  health_.read(value, now);
  if (health_.isBelieved()) {
    readBelieved(value, now);
  } else {
    readDoubtful(value, now);
  }
}

void AirSensor::readBelieved(float value, Millis now) {
  last_ = value;
  hasLast_ = true;
  for (uint8_t n = 0; n < span_.count; ++n) {
    const Limit& limit = kAirLimits[span_.first + n];
    watches_[n].read(limit, value, now);
    // What was doubtful ends when believed air is clear; nothing new is judged by it.
    if (doubtful_[n].isCrossed()) {
      doubtful_[n].read(doubtful(limit), value, now);
    } else {
      doubtful_[n] = LimitWatch();
    }
  }
}

void AirSensor::readDoubtful(float value, Millis now) {
  for (uint8_t n = 0; n < span_.count; ++n) {
    const Limit& limit = kAirLimits[span_.first + n];
    watches_[n].miss(limit, now);
    if (health_.health() == Health::Warmup && limit.level != Level::Critical) continue;
    // A doubtful reading on the safe side clears nothing.
    if (doubtful_[n].isCrossed()) {
      doubtful_[n].miss(doubtful(limit), now);
    } else {
      doubtful_[n].read(doubtful(limit), value, now);
    }
  }
}

void AirSensor::miss(Millis now) {
  breathe(now);
  health_.miss(now);
  for (uint8_t n = 0; n < span_.count; ++n) {
    const Limit& limit = kAirLimits[span_.first + n];
    watches_[n].miss(limit, now);
    doubtful_[n].miss(doubtful(limit), now);
  }
}

void AirSensor::breathe(Millis now) {
  const Millis span = elapsed(now, breathedAt_);
  breathedAt_ = now;
  if (traits_.quantity != Quantity::CarbonMonoxide || !hasLast_) return;
  // What stood in the air since the last turn is what was measured then: also while the sensor is silent, so that one which died
  // in bad air does not end an exposure.
  dose_.breathe(last_, span);
}

Verdict AirSensor::verdict() const {
  Verdict worst = {Level::None, Tone::None};
  for (uint8_t n = 0; n < span_.count; ++n) {
    if (!watches_[n].isCrossed() && !doubtful_[n].isCrossed()) continue;
    const Limit& limit = kAirLimits[span_.first + n];
    const Level level = watches_[n].isCrossed() ? limit.level : Level::Alarm;
    if (level > worst.level) worst.level = level;
    worst.tone = limit.tone;
  }
  if (dose_.isFull() && worst.level == Level::None) worst = {Level::Alarm, Tone::Co};
  return worst;
}

float AirSensor::value() const { return hasLast_ && health_.isBelieved() ? last_ : NAN; }

}  // namespace homeward
