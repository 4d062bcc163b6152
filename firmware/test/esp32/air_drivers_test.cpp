#include <doctest/doctest.h>

#include <cmath>
#include <random>
#include <vector>

#include "drivers/bme280.h"
#include "drivers/mq_gas.h"
#include "drivers/oxygen_filter.h"
#include "drivers/pms5003.h"
#include "drivers/scd4x.h"
#include "drivers/sen0322.h"
#include "drivers/sensirion_word.h"
#include "drivers/sht4x.h"
#include "drivers/winsen_frame.h"

using namespace homeward;

namespace {

using Bytes = std::vector<uint8_t>;

/** Puts all bytes in. @returns the frames that came out */
template <class Reader>
std::vector<Bytes> framesOf(Reader& reader, const Bytes& bytes, size_t size) {
  std::vector<Bytes> frames;
  for (const uint8_t byte : bytes) {
    if (reader.put(byte)) frames.emplace_back(reader.frame(), reader.frame() + size);
  }
  return frames;
}

Bytes joined(std::initializer_list<Bytes> parts) {
  Bytes all;
  for (const Bytes& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

/** 37 ppm as a module of 0..500 ppm tells it. */
const Bytes kCo37 = {0xff, 0x04, 0x03, 0x01, 0x01, 0x72, 0x13, 0x88, 0xea};
/** As a PMS5003 on a desk said it; its sum reckoned. */
const Bytes kDust = {0x42, 0x4d, 0x00, 0x1c, 0x00, 0x04, 0x00, 0x05, 0x00, 0x05, 0x00, 0x04, 0x00, 0x05, 0x00, 0x07,
                     0x03, 0x7e, 0x00, 0xe2, 0x00, 0x17, 0x00, 0x02, 0x00, 0x00, 0x00, 0x00, 0x97, 0x00, 0x02, 0xdc};

}  // namespace

TEST_CASE("the sum of Sensirion's sensors is that of their data sheet") {
  const uint8_t example[] = {0xbe, 0xef};
  CHECK(sensirionCrc(example, 2) == 0x92);
}

TEST_CASE("SCD4x: the measurement of its data sheet") {
  const uint8_t bytes[kScd4xReadSize] = {0x01, 0xf4, 0x33, 0x66, 0x67, 0xa2, 0x5e, 0xb9, 0x3c};
  Scd4xReading reading = {};
  REQUIRE(readScd4x(bytes, reading));
  CHECK(reading.co2Ppm == 500.0f);
  CHECK(reading.celsius == doctest::Approx(25.0f).epsilon(0.001));
  CHECK(reading.humidity == doctest::Approx(37.0f).epsilon(0.001));
}

TEST_CASE("SCD4x: any wrong bit of a measurement is found, and 0 ppm is none") {
  const uint8_t good[kScd4xReadSize] = {0x01, 0xf4, 0x33, 0x66, 0x67, 0xa2, 0x5e, 0xb9, 0x3c};
  for (int bit = 0; bit < 8 * kScd4xReadSize; ++bit) {
    uint8_t bytes[kScd4xReadSize];
    memcpy(bytes, good, sizeof bytes);
    bytes[bit / 8] = static_cast<uint8_t>(bytes[bit / 8] ^ 1 << bit % 8);
    Scd4xReading reading = {1.0f, 2.0f, 3.0f};
    CHECK_FALSE(readScd4x(bytes, reading));
    CHECK(reading.co2Ppm == 1.0f);
  }
  const uint8_t none[kScd4xReadSize] = {0x00, 0x00, 0x81, 0x66, 0x67, 0xa2, 0x5e, 0xb9, 0x3c};
  Scd4xReading reading = {};
  CHECK_FALSE(readScd4x(none, reading));
}

TEST_CASE("SCD4x: ready by the lower eleven bits alone, and never by a word that is damaged") {
  const uint8_t ready[] = {0x80, 0x06, 0x04};
  const uint8_t busy[] = {0x80, 0x00, 0xa2};
  const uint8_t damaged[] = {0x80, 0x06, 0x05};
  CHECK(sensirionCrc(ready, 2) == ready[2]);
  CHECK(sensirionCrc(busy, 2) == busy[2]);
  CHECK(isScd4xReady(ready));
  CHECK_FALSE(isScd4xReady(busy));
  CHECK_FALSE(isScd4xReady(damaged));
}

TEST_CASE("SHT4x: temperature and humidity, cut at both ends, and a wrong sum") {
  ClimateReading reading = {};
  const uint8_t mild[] = {0x66, 0x66, 0x93, 0x72, 0xb0, 0xdc};
  REQUIRE(sensirionCrc(mild, 2) == mild[2]);
  REQUIRE(sensirionCrc(mild + 3, 2) == mild[5]);
  REQUIRE(readSht4x(mild, reading));
  CHECK(reading.celsius == doctest::Approx(25.0f).epsilon(0.001));
  CHECK(reading.humidity == doctest::Approx(50.0f).epsilon(0.001));
  const uint8_t wet[] = {0x66, 0x66, 0x93, 0xff, 0xff, 0xac};
  REQUIRE(readSht4x(wet, reading));
  CHECK(reading.humidity == 100.0f);
  const uint8_t dry[] = {0x66, 0x66, 0x93, 0x00, 0x00, 0x81};
  REQUIRE(readSht4x(dry, reading));
  CHECK(reading.humidity == 0.0f);
  const uint8_t silent[] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
  CHECK_FALSE(readSht4x(silent, reading));
}

TEST_CASE("Winsen: the commands that its manual prints") {
  uint8_t frame[kWinsenSize];
  writeWinsenCommand(kWinsenMode, 0x41, frame);
  CHECK(Bytes(frame, frame + 9) == Bytes{0xff, 0x01, 0x78, 0x41, 0, 0, 0, 0, 0x46});
  writeWinsenCommand(kWinsenMode, 0x40, frame);
  CHECK(frame[8] == 0x47);
  writeWinsenCommand(kWinsenRead, 0, frame);
  CHECK(Bytes(frame, frame + 9) == Bytes{0xff, 0x01, 0x86, 0, 0, 0, 0, 0, 0x79});
}

TEST_CASE("ZE07-CO and ZE15-CO: ppm, and a cell that is broken") {
  CoReading reading = {};
  REQUIRE(readCo(kCo37.data(), reading));
  CHECK(reading.ppm == doctest::Approx(37.0f));
  CHECK_FALSE(reading.isBroken);
  Bytes broken = kCo37;
  broken[4] = 0x81;
  REQUIRE(readCo(broken.data(), reading));
  CHECK(reading.isBroken);
  Bytes whole = kCo37;
  whole[3] = 0;
  REQUIRE(readCo(whole.data(), reading));
  CHECK(reading.ppm == 370.0f);
}

TEST_CASE("ZE07-CO and ZE15-CO: another gas, another unit or digits that nobody has are nothing") {
  CoReading reading = {};
  for (const int at : {1, 2, 3}) {
    Bytes frame = kCo37;
    frame[static_cast<size_t>(at)] = 0x07;
    CHECK_FALSE(readCo(frame.data(), reading));
  }
}

TEST_CASE("ZE07-CO and ZE15-CO: a frame is found behind garbage, half a frame and one with a wrong sum") {
  Bytes wrong = kCo37;
  wrong[8] = 0xeb;
  const Bytes half(kCo37.begin(), kCo37.begin() + 4);
  WinsenReader reader;
  CHECK(framesOf(reader, joined({{0x00, 0xff, 0x17}, kCo37}), 9) == std::vector<Bytes>{kCo37});
  CHECK(framesOf(reader, joined({half, kCo37}), 9) == std::vector<Bytes>{kCo37});
  CHECK(framesOf(reader, joined({wrong, kCo37, kCo37}), 9) == std::vector<Bytes>{kCo37, kCo37});
}

TEST_CASE("SEN0465: oxygen, with one digit or two; any other answer is nothing") {
  float percent = 0.0f;
  Bytes frame = {0xff, 0x86, 0x00, 0xd1, 0x05, 0x01, 0x00, 0x00, 0x00};
  frame[8] = winsenSum(frame.data());
  REQUIRE(readSen0465(frame.data(), percent));
  CHECK(percent == doctest::Approx(20.9f));
  const std::vector<std::pair<size_t, uint8_t>> wrong = {{0, 0xfe}, {1, 0x78}, {4, 0x04}, {5, 0x03}};
  for (const auto& [at, value] : wrong) {
    Bytes other = frame;
    other[at] = value;
    other[8] = winsenSum(other.data());
    CHECK_FALSE(readSen0465(other.data(), percent));
  }
  frame[3] = 0xd2;
  CHECK_FALSE(readSen0465(frame.data(), percent));
  CHECK(percent == doctest::Approx(20.9f));
}

TEST_CASE("SEN0322: cell times factor, and the factory's when it was never calibrated") {
  float percent = 0.0f;
  const uint8_t air[] = {120, 0, 0};
  REQUIRE(readSen0322(air, 0, percent));
  CHECK(percent == doctest::Approx(20.9f));
  const uint8_t cell[] = {119, 4, 3};
  REQUIRE(readSen0322(cell, 175, percent));
  CHECK(percent == doctest::Approx(119.43f * 0.175f));
  const uint8_t tenths[] = {120, 10, 0};
  const uint8_t hundredths[] = {120, 0, 10};
  CHECK_FALSE(readSen0322(tenths, 0, percent));
  CHECK_FALSE(readSen0322(hundredths, 0, percent));
}

TEST_CASE("oxygen: a single wrong bit never shows, up or down") {
  OxygenFilter filter;
  Millis now = 0;
  for (int n = 0; n < 40; ++n, now += kSecond) {
    const float said = n % 5 == 2 ? 48.7f : n % 5 == 4 ? 5.1f : 20.9f;
    CHECK(filter.put(said, now) == doctest::Approx(20.9f));
  }
}

TEST_CASE("oxygen: a fall counts with the third reading, whatever its size") {
  OxygenFilter filter;
  Millis now = 0;
  for (int n = 0; n < 5; ++n, now += kSecond) filter.put(20.9f, now);
  CHECK(filter.put(15.0f, now) == doctest::Approx(20.9f));
  CHECK(filter.put(15.0f, now + kSecond) == doctest::Approx(20.9f));
  CHECK(filter.put(15.0f, now + 2 * kSecond) == doctest::Approx(15.0f));
}

TEST_CASE("oxygen: back to normal it takes its time, from below and from above, and goes not beyond") {
  for (const float from : {15.0f, 25.0f}) {
    OxygenFilter filter;
    Millis now = 0;
    for (int n = 0; n < 5; ++n, now += kSecond) filter.put(from, now);
    filter.put(20.9f, now += kSecond);
    filter.put(20.9f, now += kSecond);
    const float step = from < 20.9f ? 0.2f : -0.2f;
    CHECK(filter.put(20.9f, now += kSecond) == doctest::Approx(from + step));
    float value = 0.0f;
    for (int n = 0; n < 60; ++n) value = filter.put(20.9f, now += kSecond);
    CHECK(value == doctest::Approx(20.9f));
  }
}

TEST_CASE("PMS5003: dust in the room's air, behind a frame that was cut short") {
  Pms5003Reader reader;
  const Bytes cut(kDust.begin(), kDust.begin() + 29);
  const auto frames = framesOf(reader, joined({{0x42, 0x00, 0x42, 0x42}, cut, kDust, kDust}), kPms5003Size);
  REQUIRE(frames == std::vector<Bytes>{kDust, kDust});
  const DustReading reading = readPms5003(frames[0].data());
  CHECK(reading.pm1 == 4.0f);
  CHECK(reading.pm25 == 5.0f);
  CHECK(reading.pm10 == 7.0f);
}

TEST_CASE("PMS5003: one wrong bit anywhere is found") {
  for (size_t bit = 0; bit < 8 * kDust.size(); ++bit) {
    Bytes frame = kDust;
    frame[bit / 8] = static_cast<uint8_t>(frame[bit / 8] ^ 1 << bit % 8);
    Pms5003Reader reader;
    CHECK(framesOf(reader, frame, kPms5003Size).empty());
  }
}

TEST_CASE("frames: garbage on a serial line takes nobody down, and a frame behind it is read") {
  std::mt19937 chance(20261123);
  WinsenReader co;
  Pms5003Reader dust;
  int found = 0;
  for (int n = 0; n < 1000000; ++n) {
    const uint8_t byte = static_cast<uint8_t>(chance());
    CoReading reading = {};
    if (co.put(byte) && readCo(co.frame(), reading)) {
      ++found;
      CHECK(reading.ppm <= 8191.0f);
    }
    dust.put(byte);
  }
  // One in 2^30 of random places passes for carbon monoxide.
  CHECK(found <= 1);
  const Bytes quiet(kPms5003Size, 0);
  CHECK(framesOf(co, joined({quiet, kCo37}), 9).back() == kCo37);
  CHECK(framesOf(dust, joined({quiet, kDust}), kPms5003Size).back() == kDust);
}

TEST_CASE("I2C: garbage is refused or lies within what can be said") {
  std::mt19937 chance(23112026);
  int carbonDioxide = 0;
  int wrong = 0;
  for (int n = 0; n < 200000; ++n) {
    uint8_t bytes[9];
    for (uint8_t& byte : bytes) byte = static_cast<uint8_t>(chance());
    Scd4xReading air = {};
    ClimateReading climate = {};
    float percent = 0.0f;
    if (readScd4x(bytes, air)) ++carbonDioxide;
    const bool isClimate = readSht4x(bytes, climate);
    if (isClimate && !(climate.humidity >= 0.0f && climate.humidity <= 100.0f && climate.celsius <= 130.0f)) ++wrong;
    if (readSen0465(bytes, percent) && !std::isfinite(percent)) ++wrong;
    if (readSen0322(bytes, bytes[3], percent) && !std::isfinite(percent)) ++wrong;
  }
  CHECK(wrong == 0);
  CHECK(carbonDioxide <= 2);
}

TEST_CASE("BME280: the worked example of its maker, and humidity by its own formula") {
  const uint8_t low[kBme280TrimLowSize] = {0x70, 0x6b, 0x43, 0x67, 0x18, 0xfc, 0x7d, 0x8e, 0x43, 0xd6, 0xd0, 0x0b, 0x27,
                                           0x0b, 0x8c, 0x00, 0xf9, 0xff, 0x8c, 0x3c, 0xf8, 0xc6, 0x70, 0x17, 0x00, 0x4b};
  // H2 361, H3 0, H4 318 = 0x13e, H5 50 = 0x032, H6 30.
  const uint8_t high[kBme280TrimHighSize] = {0x69, 0x01, 0x00, 0x13, 0x2e, 0x03, 0x1e};
  // 415148 = 0x655ac, 519888 = 0x7eed0, 30000 = 0x7530.
  const uint8_t values[kBme280ValuesSize] = {0x65, 0x5a, 0xc0, 0x7e, 0xed, 0x00, 0x75, 0x30};
  Bme280 sensor;
  Bme280Reading reading = {};
  CHECK_FALSE(sensor.read(values, reading));
  REQUIRE(sensor.trim(low, high));
  REQUIRE(sensor.read(values, reading));
  CHECK(reading.celsius == doctest::Approx(25.08).epsilon(0.0005));
  CHECK(reading.pascal == doctest::Approx(100653.27).epsilon(0.0001));
  const double fine = 128422.0;
  const double h = fine - 76800.0;
  const double rough = (30000.0 - (318.0 * 64.0 + 50.0 / 16384.0 * h)) *
                       (361.0 / 65536.0 * (1.0 + 30.0 / 67108864.0 * h * (1.0 + 0.0 / 67108864.0 * h)));
  CHECK(reading.humidity == doctest::Approx(rough * (1.0 - 75.0 * rough / 524288.0)).epsilon(0.001));
}

TEST_CASE("BME280: negative figures of twelve bits keep their sign") {
  uint8_t low[kBme280TrimLowSize] = {0x70, 0x6b, 0x43, 0x67, 0x18, 0xfc, 0x7d, 0x8e};
  const uint8_t plain[kBme280TrimHighSize] = {0x69, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00};
  // H4 -1 = 0xfff.
  const uint8_t minus[kBme280TrimHighSize] = {0x69, 0x01, 0x00, 0xff, 0x0f, 0x00, 0x00};
  const uint8_t values[kBme280ValuesSize] = {0x65, 0x5a, 0xc0, 0x7e, 0xed, 0x00, 0x20, 0x00};
  Bme280 sensor;
  Bme280Reading with = {};
  Bme280Reading without = {};
  REQUIRE(sensor.trim(low, plain));
  REQUIRE(sensor.read(values, without));
  REQUIRE(sensor.trim(low, minus));
  REQUIRE(sensor.read(values, with));
  CHECK(with.humidity == doctest::Approx(without.humidity + 64.0f * 361.0f / 65536.0f).epsilon(0.001));
}

TEST_CASE("BME280: what was not measured, a bus on which nobody answers, and air beyond both ends") {
  uint8_t low[kBme280TrimLowSize] = {0x70, 0x6b, 0x43, 0x67, 0x18, 0xfc, 0x7d, 0x8e};
  const uint8_t high[kBme280TrimHighSize] = {0x69, 0x01, 0x00, 0x13, 0x2e, 0x03, 0x1e};
  const uint8_t good[kBme280ValuesSize] = {0x65, 0x5a, 0xc0, 0x7e, 0xed, 0x00, 0x75, 0x30};
  Bme280 sensor;
  Bme280Reading reading = {};
  REQUIRE(sensor.trim(low, high));
  REQUIRE(sensor.read(good, reading));
  for (const int at : {0, 3, 6}) {
    uint8_t skipped[kBme280ValuesSize];
    memcpy(skipped, good, sizeof skipped);
    skipped[at] = 0x80;
    skipped[at + 1] = 0x00;
    if (at < 6) skipped[at + 2] = 0x00;
    CHECK_FALSE(sensor.read(skipped, reading));
  }
  uint8_t wet[kBme280ValuesSize];
  memcpy(wet, good, sizeof wet);
  wet[6] = 0xff;
  REQUIRE(sensor.read(wet, reading));
  CHECK(reading.humidity == 100.0f);
  wet[6] = 0x00;
  REQUIRE(sensor.read(wet, reading));
  CHECK(reading.humidity == 0.0f);
  // A pressure below nought: P7 is -32768, and hardly anything was measured.
  low[19] = 0x80;
  const uint8_t none[kBme280ValuesSize] = {0xff, 0xff, 0xf0, 0x7e, 0xed, 0x00, 0x75, 0x30};
  REQUIRE(sensor.trim(low, high));
  CHECK_FALSE(sensor.read(none, reading));
  // Figures by which the slope is nought: t_fine 2225152, so that P2 = -16384 takes all of P1 away.
  const uint8_t flat[kBme280TrimLowSize] = {0x00, 0x04, 0xe4, 0x65, 0x00, 0x4b, 0x01, 0x00, 0x00, 0xc0};
  const uint8_t hot[kBme280ValuesSize] = {0x65, 0x5a, 0xc0, 0xd8, 0x00, 0x00, 0x75, 0x30};
  REQUIRE(sensor.trim(flat, high));
  CHECK_FALSE(sensor.read(hot, reading));
  for (const uint8_t nobody : {uint8_t(0x00), uint8_t(0xff)}) {
    memset(low, nobody, sizeof low);
    CHECK_FALSE(sensor.trim(low, high));
    CHECK_FALSE(sensor.read(good, reading));
  }
}

TEST_CASE("BME280: garbage never yields what air cannot have, nor what is not a number") {
  std::mt19937 chance(280);
  int wrong = 0;
  for (int n = 0; n < 200000; ++n) {
    uint8_t low[kBme280TrimLowSize];
    uint8_t high[kBme280TrimHighSize];
    uint8_t values[kBme280ValuesSize];
    for (uint8_t& byte : low) byte = static_cast<uint8_t>(chance());
    for (uint8_t& byte : high) byte = static_cast<uint8_t>(chance());
    for (uint8_t& byte : values) byte = static_cast<uint8_t>(chance());
    Bme280 sensor;
    Bme280Reading reading = {};
    if (!sensor.trim(low, high) || !sensor.read(values, reading)) continue;
    const bool isHumid = reading.humidity >= 0.0f && reading.humidity <= 100.0f;
    if (!isHumid || !std::isfinite(reading.celsius) || !(reading.pascal > 0.0f)) ++wrong;
  }
  CHECK(wrong == 0);
}

TEST_CASE("MQ: a hint after its heat, by the share of its resistance in clean air, and never a value") {
  MqGas gas({5000, 1000}, 10000, 100);
  CHECK(gas.resistance(1000) == 4000);
  CHECK(gas.read(1000, 100 + MqGas::kWarmup - 1) == GasHint::Unknown);
  CHECK(gas.read(1000, 100 + MqGas::kWarmup) == GasHint::Some);
  CHECK(gas.read(455, 200000) == GasHint::Clean);
  CHECK(gas.read(2000, 200000) == GasHint::Much);
  // Over the wrap of the clock it stays warm.
  CHECK(gas.read(1000, 101) == GasHint::Some);
}

TEST_CASE("MQ: a wire that is off, a short, and a sensor that was never measured in clean air hint at nothing") {
  MqGas gas({5000, 1000}, 10000, 0);
  CHECK(gas.read(0, MqGas::kWarmup) == GasHint::Unknown);
  CHECK(gas.read(5000, MqGas::kWarmup) == GasHint::Unknown);
  MqGas unknown({5000, 1000}, 0, 0);
  CHECK(unknown.read(1000, MqGas::kWarmup) == GasHint::Unknown);
}
