#include "pms5003.h"

namespace homeward {
namespace {

constexpr uint8_t kHead[] = {0x42, 0x4d, 0x00, 0x1c};
/** Where the concentrations under atmospheric conditions stand: the fourth to sixth word. */
constexpr uint8_t kAtmospheric = 10;

uint16_t wordAt(const uint8_t* bytes) { return static_cast<uint16_t>(bytes[0] << 8 | bytes[1]); }

}  // namespace

bool Pms5003Frame::mayBegin(const uint8_t* bytes, size_t count) {
  return memcmp(bytes, kHead, count < sizeof kHead ? count : sizeof kHead) == 0;
}

bool Pms5003Frame::isWhole(const uint8_t* bytes) {
  uint16_t sum = 0;
  for (uint8_t n = 0; n < kPms5003Size - 2; ++n) sum = static_cast<uint16_t>(sum + bytes[n]);
  return sum == wordAt(bytes + kPms5003Size - 2);
}

DustReading readPms5003(const uint8_t frame[kPms5003Size]) {
  const uint8_t* const words = frame + kAtmospheric;
  return {static_cast<float>(wordAt(words)), static_cast<float>(wordAt(words + 2)), static_cast<float>(wordAt(words + 4))};
}

}  // namespace homeward
