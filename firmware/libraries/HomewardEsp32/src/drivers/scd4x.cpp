#include "scd4x.h"

#include "sensirion_word.h"

namespace homeward {

bool isScd4xReady(const uint8_t bytes[kScd4xReadySize]) {
  uint16_t word = 0;
  // The lower eleven bits tell; the others mean nothing.
  return readSensirionWords(bytes, &word, 1) && (word & 0x07ff) != 0;
}

bool readScd4x(const uint8_t bytes[kScd4xReadSize], Scd4xReading& reading) {
  uint16_t words[3];
  if (!readSensirionWords(bytes, words, 3) || words[0] == 0) return false;
  reading.co2Ppm = static_cast<float>(words[0]);
  reading.celsius = -45.0f + 175.0f * static_cast<float>(words[1]) / 65535.0f;
  reading.humidity = 100.0f * static_cast<float>(words[2]) / 65535.0f;
  return true;
}

}  // namespace homeward
