#include "settings.h"

#include "checksum.h"

namespace homeward {
namespace {

constexpr uint8_t kVersion = 1;
constexpr uint16_t kMinReportS = 5;
constexpr uint16_t kMaxReportS = 3600;

void put32(uint8_t* out, uint32_t value) {
  for (int n = 0; n < 4; ++n) out[n] = static_cast<uint8_t>(value >> (8 * n));
}

uint32_t get32(const uint8_t* in) {
  uint32_t value = 0;
  for (int n = 3; n >= 0; --n) value = value << 8 | in[n];
  return value;
}

bool isInBounds(const uint8_t* bytes, uint16_t reportS, uint32_t share) {
  return bytes[1] <= 1 && reportS >= kMinReportS && reportS <= kMaxReportS && share <= CoDose::kFull && bytes[8] <= 1;
}

}  // namespace

void writeSettings(const Settings& settings, uint8_t out[kSettingsSize]) {
  out[0] = kVersion;
  out[1] = static_cast<uint8_t>(settings.standard);
  out[2] = static_cast<uint8_t>(settings.reportS);
  out[3] = static_cast<uint8_t>(settings.reportS >> 8);
  put32(out + 4, settings.doseShare);
  out[8] = settings.doseWasFull ? 1 : 0;
  put32(out + 9, settings.counter);
  put32(out + 13, crc32(out, 13));
}

bool readSettings(const uint8_t* bytes, size_t count, Settings& settings) {
  settings = Settings();
  if (count != kSettingsSize || bytes[0] != kVersion || get32(bytes + 13) != crc32(bytes, 13)) return false;
  const uint16_t reportS = static_cast<uint16_t>(bytes[2] | bytes[3] << 8);
  const uint32_t share = get32(bytes + 4);
  if (!isInBounds(bytes, reportS, share)) return false;
  settings.standard = static_cast<CoStandard>(bytes[1]);
  settings.reportS = reportS;
  settings.doseShare = share;
  settings.doseWasFull = bytes[8] == 1;
  settings.counter = get32(bytes + 9);
  return true;
}

bool DoseKeeper::isDue(const CoDose& dose, Millis now) {
  const uint32_t share = dose.share();
  if (share == kept_ && dose.isFull() == keptFull_) {
    keptAt_ = now;
    return false;
  }
  const uint32_t moved = share > kept_ ? share - kept_ : kept_ - share;
  const bool isDue = moved > kStep || share == 0 || dose.isFull() != keptFull_ || elapsed(now, keptAt_) >= kEvery;
  if (!isDue) return false;
  kept_ = share;
  keptFull_ = dose.isFull();
  keptAt_ = now;
  return true;
}

}  // namespace homeward
