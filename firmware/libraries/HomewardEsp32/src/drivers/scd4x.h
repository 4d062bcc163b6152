#pragma once
#include <stdint.h>

namespace homeward {

/** Carbon dioxide by Sensirion SCD40 or SCD41, on the I2C bus. Source: its data sheet, 3.5 to 3.9. */
constexpr uint8_t kScd4xAddress = 0x62;
/** Commands, high byte first. */
constexpr uint16_t kScd4xStart = 0x21b1;
constexpr uint16_t kScd4xStop = 0x3f86;
constexpr uint16_t kScd4xIsReady = 0xe4b8;
constexpr uint16_t kScd4xRead = 0xec05;
/** Bytes of the answer to `kScd4xIsReady` and to `kScd4xRead`. */
constexpr uint8_t kScd4xReadySize = 3;
constexpr uint8_t kScd4xReadSize = 9;

struct Scd4xReading {
  /** ppm. The SCD40 is specified for 400..2 000, the SCD41 for 400..5 000. */
  float co2Ppm;
  /** °C, warmed by the sensor itself. */
  float celsius;
  /** Relative humidity, %. */
  float humidity;
};

/** @returns whether the answer says, with a right sum, that a measurement waits: one comes every 5 s */
bool isScd4xReady(const uint8_t bytes[kScd4xReadySize]);

/** @returns false: a sum is wrong, or it never measured (0 ppm: that air has none is impossible) */
bool readScd4x(const uint8_t bytes[kScd4xReadSize], Scd4xReading& reading);

}  // namespace homeward
