#include "wifi_key.h"

#include <string.h>

namespace homeward {

bool setWifiKey(WifiKey& key, const uint8_t* ssid, size_t ssidLength, const uint8_t* password, size_t passwordLength) {
  memset(&key, 0, sizeof key);
  const bool isOpen = passwordLength == 0;
  const bool isLong = passwordLength >= 8 && passwordLength < sizeof key.password;
  if (ssidLength == 0 || ssidLength >= sizeof key.ssid || !(isOpen || isLong)) return false;
  // A nought within would end the text sooner than it was meant.
  if (memchr(ssid, 0, ssidLength) != nullptr || (!isOpen && memchr(password, 0, passwordLength) != nullptr)) return false;
  memcpy(key.ssid, ssid, ssidLength);
  if (!isOpen) memcpy(key.password, password, passwordLength);
  return true;
}

}  // namespace homeward
