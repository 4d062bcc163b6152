#pragma once
#include <stddef.h>
#include <stdint.h>

namespace homeward {

/** CRC-32 as in IEEE 802.3 (0xEDB88320, reflected, all ones before and after). */
uint32_t crc32(const uint8_t* bytes, size_t count);

}  // namespace homeward
