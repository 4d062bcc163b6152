#pragma once
#include <stddef.h>
#include <stdint.h>

namespace homeward {

/** Name and password of a Wi-Fi. The password is a secret. */
struct WifiKey {
  /** 1 to 32 bytes. */
  char ssid[33];
  /** Empty: an open network; else 8 to 63 characters, or 64 hex digits. */
  char password[65];
};

/** Takes name and password in. @returns false: no Wi-Fi can have them; `key` is empty then */
bool setWifiKey(WifiKey& key, const uint8_t* ssid, size_t ssidLength, const uint8_t* password, size_t passwordLength);

}  // namespace homeward
