#pragma once
#include <cstddef>
#include <cstdint>
#include <string>

#include "../host/hmac_sha256.h"

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
