#include "sensirion_word.h"

namespace homeward {

uint8_t sensirionCrc(const uint8_t* bytes, size_t count) {
  uint8_t crc = 0xff;
  for (size_t n = 0; n < count; ++n) {
    crc = static_cast<uint8_t>(crc ^ bytes[n]);
    for (int bit = 0; bit < 8; ++bit) {
      const bool carries = (crc & 0x80) != 0;
      crc = static_cast<uint8_t>(crc << 1);
      if (carries) crc = static_cast<uint8_t>(crc ^ 0x31);
    }
  }
  return crc;
}

bool readSensirionWords(const uint8_t* bytes, uint16_t* words, uint8_t count) {
  for (uint8_t n = 0; n < count; ++n) {
    if (sensirionCrc(bytes + 3 * n, 2) != bytes[3 * n + 2]) return false;
  }
  for (uint8_t n = 0; n < count; ++n) words[n] = static_cast<uint16_t>(bytes[3 * n] << 8 | bytes[3 * n + 1]);
  return true;
}

}  // namespace homeward
