#include "sht4x.h"

#include "sensirion_word.h"

namespace homeward {

bool readSht4x(const uint8_t bytes[kSht4xSize], ClimateReading& reading) {
  uint16_t words[2];
  if (!readSensirionWords(bytes, words, 2)) return false;
  reading.celsius = -45.0f + 175.0f * static_cast<float>(words[0]) / 65535.0f;
  const float humidity = -6.0f + 125.0f * static_cast<float>(words[1]) / 65535.0f;
  // The formula goes a little over both ends; the data sheet says to cut it there.
  reading.humidity = humidity < 0.0f ? 0.0f : humidity > 100.0f ? 100.0f : humidity;
  return true;
}

}  // namespace homeward
