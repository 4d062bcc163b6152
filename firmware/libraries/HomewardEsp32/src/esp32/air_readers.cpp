#include "air_readers.h"

#include <math.h>

#include "drivers/scd4x.h"
#include "drivers/sen0322.h"

namespace homeward {
namespace {

/** What DFRobot's own driver lets pass between question and answer, ms. */
constexpr Millis kOxygenThinks = 100;
/** After "stop" an SCD4x hears nothing for so long, ms. Source: its data sheet 3.5.3. */
constexpr Millis kScd4xStops = 500;

}  // namespace

bool OxygenReader::begin(i2c_master_bus_handle_t bus, OxygenChip chip) {
  chip_ = chip;
  // The SEN0465 has no factor of its own to be read.
  hasFactor_ = chip == OxygenChip::Sen0465;
  return device_.begin(bus, chip == OxygenChip::Sen0322 ? kSen0322Address : kSen0465Address);
}

void OxygenReader::ask(Millis now) {
  askedAt_ = now;
  isAsked_ = true;
  if (chip_ == OxygenChip::Sen0465) {
    uint8_t bytes[1 + kWinsenSize] = {0};
    writeWinsenCommand(kWinsenRead, 0, bytes + 1);
    device_.write(bytes, sizeof bytes);
    return;
  }
  isFactorAsked_ = !hasFactor_;
  const uint8_t what = isFactorAsked_ ? kSen0322Factor : kSen0322Value;
  device_.write(&what, 1);
}

bool OxygenReader::hear(float& percent) {
  uint8_t bytes[kWinsenSize];
  if (chip_ == OxygenChip::Sen0465) {
    const uint8_t where = 0;
    return device_.ask(&where, 1, bytes, kWinsenSize) && readSen0465(bytes, percent);
  }
  if (isFactorAsked_) {
    hasFactor_ = device_.read(&factor_, 1);
    return false;
  }
  return device_.read(bytes, kSen0322Size) && readSen0322(bytes, factor_, percent);
}

void OxygenReader::serve(AirNode& node, Millis now) {
  if (!isAsked_ && elapsed(now, askedAt_) >= kSecond - kOxygenThinks) return ask(now);
  if (!isAsked_ || elapsed(now, askedAt_) < kOxygenThinks) return;
  isAsked_ = false;
  float percent = 0.0f;
  if (!hear(percent)) return;
  heard_.hear(now);
  node.read(Quantity::Oxygen, filter_.put(percent, now), now);
}

bool Co2Reader::begin(i2c_master_bus_handle_t bus) {
  // After a restart of the board alone it still measures, and hears nothing else until it was stopped.
  return device_.begin(bus, kScd4xAddress) && say(kScd4xStop);
}

bool Co2Reader::say(uint16_t command) {
  const uint8_t bytes[] = {static_cast<uint8_t>(command >> 8), static_cast<uint8_t>(command)};
  return device_.write(bytes, sizeof bytes);
}

void Co2Reader::serve(AirNode& node, Millis now) {
  uint8_t bytes[kScd4xReadSize];
  Scd4xReading reading = {};
  switch (step_) {
    case Step::Stopping:
      if (elapsed(now, at_) < kScd4xStops) return;
      at_ = now;
      if (say(kScd4xStart)) step_ = Step::Waiting;
      return;
    case Step::Waiting:
      if (elapsed(now, at_) < kSecond) return;
      at_ = now;
      if (say(kScd4xIsReady)) step_ = Step::AskedReady;
      return;
    case Step::AskedReady:
      step_ = Step::Waiting;
      if (device_.read(bytes, kScd4xReadySize) && isScd4xReady(bytes) && say(kScd4xRead)) step_ = Step::AskedValue;
      return;
    case Step::AskedValue:
      step_ = Step::Waiting;
      if (!device_.read(bytes, kScd4xReadSize) || !readScd4x(bytes, reading)) return;
      heard_.hear(now);
      node.read(Quantity::CarbonDioxide, reading.co2Ppm, now);
      node.read(Quantity::Temperature, reading.celsius, now);
      return;
  }
}

void CoReader::serve(AirNode& node, Millis now) {
  uint8_t bytes[32];
  const size_t count = line_.read(bytes, sizeof bytes);
  for (size_t n = 0; n < count; ++n) {
    CoReading reading = {};
    if (!reader_.put(bytes[n]) || !readCo(reader_.frame(), reading)) continue;
    heard_.hear(now);
    // A broken cell is no clean air: not-a-number is a fault, and clears nothing.
    node.read(Quantity::CarbonMonoxide, reading.isBroken ? NAN : reading.ppm, now);
  }
}

}  // namespace homeward
