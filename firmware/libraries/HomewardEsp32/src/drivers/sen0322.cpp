#include "sen0322.h"

namespace homeward {
namespace {

/** Of a sensor that was never calibrated: 20.9 % at 120. */
constexpr float kFactoryFactor = 20.9f / 120.0f;

}  // namespace

bool readSen0322(const uint8_t bytes[kSen0322Size], uint8_t factor, float& percent) {
  if (bytes[1] > 9 || bytes[2] > 9) return false;
  const float cell =
      static_cast<float>(bytes[0]) + static_cast<float>(bytes[1]) / 10.0f + static_cast<float>(bytes[2]) / 100.0f;
  percent = cell * (factor == 0 ? kFactoryFactor : static_cast<float>(factor) / 1000.0f);
  return true;
}

}  // namespace homeward
