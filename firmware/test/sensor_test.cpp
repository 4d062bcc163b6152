#include <doctest/doctest.h>

#include <cmath>
#include <initializer_list>

#include "HomewardCore.h"

using namespace homeward;

namespace {

constexpr SensorTraits kOxygen = {Quantity::Oxygen, 30 * kSecond, 10 * kSecond, 24 * 60 * kMinute, 0.01f};
constexpr SensorTraits kCo = {Quantity::CarbonMonoxide, 30 * kSecond, 10 * kSecond, 0, 1.0f};

AirSensor warm(const SensorTraits& traits) {
  return AirSensor({traits.quantity, 0, traits.lostAfter, traits.stuckAfter, traits.step}, CoStandard::En, 0, CoDose());
}

/** Says the same value once a second. */
Millis say(AirSensor& sensor, float value, Millis from, Millis span) {
  for (Millis at = 0; at < span; at += kSecond) sensor.read(value, from + at);
  return from + span;
}

}  // namespace

TEST_CASE("3.2 what air cannot have is not believed, at its edges") {
  CHECK(isPlausible(Quantity::Oxygen, 0.0f));
  CHECK(isPlausible(Quantity::Oxygen, 30.0f));
  CHECK_FALSE(isPlausible(Quantity::Oxygen, 30.01f));
  CHECK_FALSE(isPlausible(Quantity::Oxygen, -0.01f));
  CHECK_FALSE(isPlausible(Quantity::Oxygen, NAN));
  CHECK_FALSE(isPlausible(Quantity::Oxygen, INFINITY));
  CHECK_FALSE(isPlausible(Quantity::Temperature, -40.1f));
}

TEST_CASE("3.2 a sensor warms up for exactly its time") {
  SensorHealth health(kOxygen, 500);
  CHECK(health.health() == Health::Warmup);
  CHECK(health.read(20.9f, 30499) == Health::Warmup);
  CHECK_FALSE(health.isBelieved());
  CHECK(health.read(20.9f, 30500) == Health::Ok);
  CHECK(health.isBelieved());
}

TEST_CASE("3.2 one impossible value makes it suspect, the third a fault, one good one heals it") {
  SensorHealth health({Quantity::Oxygen, 0, 10 * kSecond, 0, 0.01f}, 0);
  CHECK(health.read(20.9f, 0) == Health::Ok);
  CHECK(health.read(NAN, 1) == Health::Suspect);
  CHECK(health.read(-1.0f, 2) == Health::Suspect);
  CHECK(health.read(INFINITY, 3) == Health::Fault);
  CHECK(health.read(99.0f, 4) == Health::Fault);
  CHECK(health.read(20.9f, 5) == Health::Ok);
}

TEST_CASE("3.2 a silent sensor is lost at the very millisecond, and stays so over the wrap of the clock") {
  SensorHealth health({Quantity::Oxygen, 0, 10 * kSecond, 0, 0.01f}, 0);
  health.read(20.9f, 0);
  CHECK(health.miss(9999) == Health::Ok);
  CHECK(health.miss(10000) == Health::Lost);
  CHECK(health.miss(5) == Health::Lost);
  CHECK(health.read(20.9f, 6) == Health::Ok);
}

TEST_CASE("3.2 a sensor that never spoke is lost too") {
  SensorHealth health(kOxygen, 0);
  CHECK(health.miss(10000) == Health::Lost);
}

TEST_CASE("3.2 the same value for a day is stuck; a step frees it") {
  SensorHealth health({Quantity::Oxygen, 0, 10 * kSecond, 60 * kMinute, 0.01f}, 0);
  for (Millis at = 0; at < 60 * kMinute; at += kSecond) CHECK(health.read(20.9f, at) == Health::Ok);
  CHECK(health.read(20.905f, 60 * kMinute) == Health::Suspect);
  CHECK(health.read(20.8f, 60 * kMinute + 1) == Health::Ok);
}

TEST_CASE("3.2 a sensor that may stand still is never stuck") {
  SensorHealth health({Quantity::CarbonMonoxide, 0, 10 * kSecond, 0, 1.0f}, 0);
  for (Millis at = 0; at < 60 * kMinute; at += kSecond) CHECK(health.read(0.0f, at) == Health::Ok);
}

TEST_CASE("oxygen that falls alarms, gets critical, and ends") {
  AirSensor sensor = warm(kOxygen);
  Millis now = say(sensor, 20.9f, 0, kMinute);
  CHECK(sensor.verdict().level == Level::None);
  CHECK(sensor.value() == 20.9f);
  now = say(sensor, 19.0f, now, 10 * kSecond);
  CHECK(sensor.verdict().level == Level::None);
  now = say(sensor, 19.0f, now, kSecond);
  CHECK(sensor.verdict().level == Level::Alarm);
  CHECK(sensor.verdict().tone == Tone::Gas);
  now = say(sensor, 17.0f, now, 2 * kSecond);
  CHECK(sensor.verdict().level == Level::Critical);
  now = say(sensor, 20.9f, now, 5 * kMinute);
  CHECK(sensor.verdict().level == Level::Critical);
  say(sensor, 20.9f, now, kSecond);
  CHECK(sensor.verdict().level == Level::None);
}

TEST_CASE("CO-1 a dose of 100 ppm calls after 25 minutes and ends in clean air") {
  AirSensor sensor = warm(kCo);
  Millis now = say(sensor, 100.0f, 0, 25 * kMinute);
  CHECK(sensor.verdict().level == Level::None);
  now = say(sensor, 100.0f, now, kSecond);
  CHECK(sensor.verdict().level == Level::Alarm);
  CHECK(sensor.verdict().tone == Tone::Co);
  CHECK(sensor.dose().isFull());
  now = say(sensor, 0.0f, now, 6 * kMinute);
  CHECK(sensor.verdict().level == Level::None);
}

TEST_CASE("300 ppm CO is critical at once") {
  AirSensor sensor = warm(kCo);
  sensor.read(300.0f, 0);
  CHECK(sensor.verdict().level == Level::Critical);
  CHECK(sensor.verdict().tone == Tone::Co);
}

TEST_CASE("a full dose beside a critical concentration is critical") {
  AirSensor sensor = warm(kCo);
  say(sensor, 400.0f, 0, 2 * kMinute);
  CHECK(sensor.dose().isFull());
  CHECK(sensor.verdict().level == Level::Critical);
}

TEST_CASE("a CO sensor that dies in bad air does not end the exposure") {
  AirSensor sensor = warm(kCo);
  sensor.read(200.0f, 0);
  for (Millis at = kSecond; at < 4 * kMinute; at += kSecond) sensor.miss(at);
  CHECK(sensor.health() == Health::Lost);
  CHECK(sensor.verdict().level == Level::Alarm);
}

TEST_CASE("a kept dose is followed on by the standard of the house") {
  AirSensor sensor({Quantity::CarbonMonoxide, 0, 10 * kSecond, 0, 1.0f}, CoStandard::Us, 0, CoDose(CoDose::kFull - 1000));
  sensor.read(50.0f, 0);
  sensor.read(50.0f, kMinute);
  CHECK(sensor.dose().share() < CoDose::kFull - 1000);
}

TEST_CASE("AIR-2 what cannot be believed alarms when a second reading agrees") {
  AirSensor sensor = warm(kOxygen);
  sensor.read(20.9f, 0);
  sensor.read(-1.0f, kSecond);
  CHECK(sensor.verdict().level == Level::None);
  sensor.read(-1.0f, 2 * kSecond);
  CHECK(sensor.verdict().level == Level::Alarm);
  CHECK(std::isnan(sensor.value()));
}

TEST_CASE("AIR-2 what cannot be believed clears nothing; believed clear air does, after the off-delay") {
  AirSensor sensor = warm(kOxygen);
  sensor.read(-1.0f, 0);
  sensor.read(-1.0f, kSecond);
  REQUIRE(sensor.verdict().level == Level::Alarm);
  Millis now = 2 * kSecond;
  for (; now < 20 * kMinute; now += kSecond) sensor.read(31.0f, now);
  CHECK(sensor.verdict().level == Level::Alarm);
  now = say(sensor, 20.9f, now, 5 * kMinute);
  CHECK(sensor.verdict().level == Level::Alarm);
  say(sensor, 20.9f, now, kSecond);
  CHECK(sensor.verdict().level == Level::None);
}

TEST_CASE("AIR-2 a doubtful value and then a believed one do not add up") {
  AirSensor sensor = warm(kOxygen);
  sensor.read(-1.0f, 0);
  sensor.read(20.9f, kSecond);
  sensor.read(-1.0f, 2 * kSecond);
  CHECK(sensor.verdict().level == Level::None);
}

TEST_CASE("AIR-2 while it warms up only the critical counts") {
  AirSensor sensor(kOxygen, CoStandard::En, 0, CoDose());
  sensor.read(19.0f, 0);
  sensor.read(19.0f, kSecond);
  CHECK(sensor.verdict().level == Level::None);
  sensor.read(17.0f, 2 * kSecond);
  sensor.read(17.0f, 3 * kSecond);
  CHECK(sensor.verdict().level == Level::Alarm);
}

TEST_CASE("AIR-3 not-a-number for ever never alarms and never ends an alarm") {
  AirSensor sensor = warm(kOxygen);
  for (Millis at = 0; at < kMinute; at += kSecond) sensor.read(NAN, at);
  CHECK(sensor.verdict().level == Level::None);
  CHECK(sensor.health() == Health::Fault);
  say(sensor, 19.0f, kMinute, 11 * kSecond);
  REQUIRE(sensor.verdict().level == Level::Alarm);
  for (Millis at = 2 * kMinute; at < 20 * kMinute; at += kSecond) sensor.read(NAN, at);
  CHECK(sensor.verdict().level == Level::Alarm);
}

TEST_CASE("a contact that bounces counts when it has stayed so") {
  Debounce door(50);
  CHECK_FALSE(door.read(true, 0));
  CHECK_FALSE(door.read(false, 10));
  CHECK_FALSE(door.read(true, 20));
  CHECK_FALSE(door.read(true, 69));
  CHECK(door.read(true, 70));
  CHECK(door.isOn());
  CHECK(door.read(false, 71));
  CHECK_FALSE(door.read(false, 121));
  CHECK(Debounce(50, true).isOn());
}

TEST_CASE("the wait for the broker grows to 5 minutes, and begins anew only when it said welcome") {
  Backoff backoff;
  for (const Millis whole : {1u, 2u, 4u, 8u, 16u, 32u, 64u, 128u, 256u, 300u, 300u}) {
    const Millis wait = backoff.next(whole * 7919u);
    CHECK(wait >= whole * kSecond / 2);
    CHECK(wait <= whole * kSecond);
  }
  backoff.welcomed();
  CHECK(backoff.next(0) == 500);
  CHECK(backoff.next(UINT32_MAX) <= 2000);
}

TEST_CASE("SUP-4 the hub counts as lost 60 s after its last beat, until it beats again") {
  HubWatch hub(1000);
  CHECK_FALSE(hub.isLost(60999));
  CHECK(hub.isLost(61000));
  CHECK(hub.isLost(1500));
  hub.beat(2000);
  CHECK_FALSE(hub.isLost(2001));
}
