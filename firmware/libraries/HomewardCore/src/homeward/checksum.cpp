#include "checksum.h"

namespace homeward {

uint32_t crc32(const uint8_t* bytes, size_t count) {
  uint32_t sum = UINT32_MAX;
  for (size_t n = 0; n < count; ++n) {
    sum ^= bytes[n];
    for (int bit = 0; bit < 8; ++bit) sum = sum & 1 ? sum >> 1 ^ 0xEDB88320u : sum >> 1;
  }
  return ~sum;
}

}  // namespace homeward
