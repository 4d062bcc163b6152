#pragma once
#include <stdint.h>

namespace homeward {

/** Temperature and humidity by Sensirion SHT40, SHT41 or SHT45, on the I2C bus. Source: its data sheet, 4.3 to 4.6. */
constexpr uint8_t kSht4xAddress = 0x44;
/** Measures with high precision; the answer is there after 8.3 ms. */
constexpr uint8_t kSht4xMeasure = 0xfd;
constexpr uint8_t kSht4xSize = 6;

struct ClimateReading {
  /** °C. */
  float celsius;
  /** Relative humidity, %, 0..100. */
  float humidity;
};

/** @returns false: a sum is wrong */
bool readSht4x(const uint8_t bytes[kSht4xSize], ClimateReading& reading);

}  // namespace homeward
