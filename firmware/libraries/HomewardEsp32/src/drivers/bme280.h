#pragma once
#include <stdint.h>

namespace homeward {

/** Temperature, pressure and humidity by Bosch BME280, on the I2C bus. Source: its data sheet 1.6, §4.2 and §5. */
constexpr uint8_t kBme280Address = 0x76;
constexpr uint8_t kBme280Id = 0xd0;
/** What stands in `kBme280Id`. A BMP280 looks alike, says 0x58 and measures no humidity. */
constexpr uint8_t kBme280IdValue = 0x60;
/** Humidity, then temperature and pressure once each, oversampled once; written in that order. */
constexpr uint8_t kBme280ControlHumidity = 0xf2;
constexpr uint8_t kBme280Once = 0x01;
constexpr uint8_t kBme280Control = 0xf4;
constexpr uint8_t kBme280MeasureOnce = 0x25;
/** Where the factory's figures stand, in two parts, and the values. */
constexpr uint8_t kBme280TrimLow = 0x88;
constexpr uint8_t kBme280TrimLowSize = 26;
constexpr uint8_t kBme280TrimHigh = 0xe1;
constexpr uint8_t kBme280TrimHighSize = 7;
constexpr uint8_t kBme280Values = 0xf7;
constexpr uint8_t kBme280ValuesSize = 8;

struct Bme280Reading {
  /** °C. */
  float celsius;
  /** Pa. */
  float pascal;
  /** Relative humidity, %, 0..100. */
  float humidity;
};

/** The factory's figures of one sensor, and what its values mean by them. */
class Bme280 {
 public:
  /** @returns false: figures that no factory wrote; it is not to be read then */
  bool trim(const uint8_t low[kBme280TrimLowSize], const uint8_t high[kBme280TrimHighSize]);

  /** @returns false: not trimmed, one of the three was not measured, or it cannot be reckoned */
  bool read(const uint8_t values[kBme280ValuesSize], Bme280Reading& reading) const;

 private:
  float pressure(float fine, uint32_t raw) const;
  float humidity(float fine, uint32_t raw) const;

  bool isTrimmed_ = false;
  /** Named as in the data sheet, the first of each unused. */
  float t_[4] = {};
  float p_[10] = {};
  float h_[7] = {};
};

}  // namespace homeward
