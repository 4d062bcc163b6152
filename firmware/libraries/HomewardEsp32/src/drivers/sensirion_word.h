#pragma once
#include <stddef.h>
#include <stdint.h>

namespace homeward {

/** CRC-8 of Sensirion's sensors: polynomial 0x31, begins with 0xFF. Source: SCD4x data sheet 3.11; of 0xBE 0xEF it is 0x92. */
uint8_t sensirionCrc(const uint8_t* bytes, size_t count);

/**
 * Reads words of two bytes and their CRC-8, as the bus brought them.
 * @param bytes three for each word
 * @returns false: a sum is wrong; nothing was read
 */
bool readSensirionWords(const uint8_t* bytes, uint16_t* words, uint8_t count);

}  // namespace homeward
