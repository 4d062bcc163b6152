#pragma once
#include <mbedtls/md.h>
#include <stddef.h>
#include <stdint.h>

/** HMAC-SHA256 as a board has it (`homeward::Hmac`). */
inline bool hmac(const uint8_t* key, size_t keyLength, const char* text, size_t length, uint8_t out[32]) {
  const mbedtls_md_info_t* const sha = mbedtls_md_info_from_type(MBEDTLS_MD_SHA256);
  return mbedtls_md_hmac(sha, key, keyLength, reinterpret_cast<const uint8_t*>(text), length, out) == 0;
}
