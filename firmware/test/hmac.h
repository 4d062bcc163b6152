#pragma once
#include <mbedtls/md.h>

#include <cstddef>
#include <cstdint>
#include <string>

/** HMAC-SHA256 as a board has it. */
inline bool hmac(const uint8_t* key, size_t keyLength, const char* text, size_t length, uint8_t out[32]) {
  const mbedtls_md_info_t* const sha = mbedtls_md_info_from_type(MBEDTLS_MD_SHA256);
  return mbedtls_md_hmac(sha, key, keyLength, reinterpret_cast<const uint8_t*>(text), length, out) == 0;
}

inline std::string hexOf(const uint8_t* bytes, size_t count) {
  std::string all;
  for (size_t n = 0; n < count; ++n) {
    for (const uint8_t half : {bytes[n] >> 4, bytes[n] & 15}) all += "0123456789abcdef"[half];
  }
  return all;
}

/** HMAC-SHA256 of a text, in hex. */
inline std::string macOf(const uint8_t* key, size_t keyLength, const std::string& text) {
  uint8_t mac[32];
  hmac(key, keyLength, text.data(), text.size(), mac);
  return hexOf(mac, sizeof mac);
}

/** A signed command of the hub. */
inline std::string signedCommand(const uint8_t* key, size_t keyLength, const std::string& cmd, const std::string& door,
                                 const std::string& nonce, const std::string& counter) {
  const std::string text = "homeward-command-1\n" + cmd + "\n" + door + "\n" + nonce + "\n" + counter;
  return "{\"cmd\":\"" + cmd + "\",\"door\":\"" + door + "\",\"nonce\":\"" + nonce + "\",\"counter\":" + counter +
         ",\"mac\":\"" + macOf(key, keyLength, text) + "\"}";
}
