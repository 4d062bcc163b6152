#include "bme280.h"

namespace homeward {
namespace {

/** Of a quantity that was not measured. */
constexpr uint32_t kSkipped20 = 0x80000;
constexpr uint32_t kSkipped16 = 0x8000;

float unsignedAt(const uint8_t* low) { return static_cast<float>(low[0] | low[1] << 8); }
float signedAt(const uint8_t* low) { return static_cast<float>(static_cast<int16_t>(low[0] | low[1] << 8)); }

/** Twelve bits with a sign. */
float twelve(uint8_t high, uint8_t low) { return static_cast<float>(static_cast<int8_t>(high) * 16 + low); }

/** Twenty bits from three bytes, the highest first. */
uint32_t twenty(const uint8_t* bytes) {
  return static_cast<uint32_t>(bytes[0]) << 12 | static_cast<uint32_t>(bytes[1]) << 4 | bytes[2] >> 4;
}

}  // namespace

bool Bme280::trim(const uint8_t low[kBme280TrimLowSize], const uint8_t high[kBme280TrimHighSize]) {
  t_[1] = unsignedAt(low);
  for (uint8_t n = 2; n <= 3; ++n) t_[n] = signedAt(low + 2 * (n - 1));
  p_[1] = unsignedAt(low + 6);
  for (uint8_t n = 2; n <= 9; ++n) p_[n] = signedAt(low + 4 + 2 * n);
  h_[1] = static_cast<float>(low[25]);
  h_[2] = signedAt(high);
  h_[3] = static_cast<float>(high[2]);
  h_[4] = twelve(high[3], high[4] & 0x0f);
  h_[5] = twelve(high[5], high[4] >> 4);
  h_[6] = static_cast<float>(static_cast<int8_t>(high[6]));
  // All zeros or all ones is a bus on which nobody answers.
  isTrimmed_ = t_[1] > 0.0f && t_[1] < 65535.0f && p_[1] > 0.0f && p_[1] < 65535.0f;
  return isTrimmed_;
}

bool Bme280::read(const uint8_t values[kBme280ValuesSize], Bme280Reading& reading) const {
  const uint32_t pressureRaw = twenty(values);
  const uint32_t temperatureRaw = twenty(values + 3);
  const uint32_t humidityRaw = static_cast<uint32_t>(values[6] << 8 | values[7]);
  if (!isTrimmed_ || pressureRaw == kSkipped20 || temperatureRaw == kSkipped20 || humidityRaw == kSkipped16) return false;
  const float away = static_cast<float>(temperatureRaw) / 16384.0f - t_[1] / 1024.0f;
  const float fine = away * (t_[2] + away * t_[3] / 64.0f);
  reading.celsius = fine / 5120.0f;
  reading.pascal = pressure(fine, pressureRaw);
  reading.humidity = humidity(fine, humidityRaw);
  return reading.pascal > 0.0f;
}

float Bme280::pressure(float fine, uint32_t raw) const {
  const float warm = fine / 2.0f - 64000.0f;
  const float offset = (warm * (warm * p_[6] / 32768.0f + 2.0f * p_[5]) / 4.0f + p_[4] * 65536.0f) / 4096.0f;
  const float slope = (1.0f + warm * (warm * p_[3] / 524288.0f + p_[2]) / 524288.0f / 32768.0f) * p_[1];
  if (slope == 0.0f) return 0.0f;
  const float rough = (1048576.0f - static_cast<float>(raw) - offset) * 6250.0f / slope;
  return rough + (rough * (rough * p_[9] / 2147483648.0f + p_[8] / 32768.0f) + p_[7]) / 16.0f;
}

float Bme280::humidity(float fine, uint32_t raw) const {
  const float warm = fine - 76800.0f;
  const float bent = 1.0f + warm * h_[6] / 67108864.0f * (1.0f + warm * h_[3] / 67108864.0f);
  const float rough = (static_cast<float>(raw) - h_[4] * 64.0f - warm * h_[5] / 16384.0f) * h_[2] / 65536.0f * bent;
  const float percent = rough * (1.0f - rough * h_[1] / 524288.0f);
  return percent < 0.0f ? 0.0f : percent > 100.0f ? 100.0f : percent;
}

}  // namespace homeward
