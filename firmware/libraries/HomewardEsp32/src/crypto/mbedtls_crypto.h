#pragma once
#include "homeward/command_guard.h"
#include "update/manifest.h"

namespace homeward {

/** `Hmac` and `Verify` by mbedTLS, which the ESP32 core contains (3.x) and Debian has (2.28): the same calls do on both. */
bool mbedtlsHmac(const uint8_t* key, size_t keyLength, const char* text, size_t length, uint8_t out[32]);
bool mbedtlsVerify(const uint8_t key[64], const char* text, size_t length, const uint8_t signature[64]);

}  // namespace homeward
