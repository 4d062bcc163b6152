#pragma once
#include <esp_event.h>
#include <esp_netif.h>

#include "homeward/time.h"
#include "setup/wifi_key.h"

namespace homeward {

/** The board in somebody's Wi-Fi, or with an access point of its own while it is set up. Of the network's task alone. */
class WifiLink {
 public:
  /** @returns false: no Wi-Fi on this chip, or no memory for it */
  bool begin();

  /** Joins, and joins again whenever it was lost. */
  void join(const WifiKey& key);

  /** Opens an access point with WPA2. @param code 8 to 63 characters */
  bool openPoint(const char* name, const char* code);
  void closePoint();

  bool isJoined() const { return isJoined_; }
  /** So often a join failed since `join`. */
  uint32_t failures() const { return failures_; }

  /** Begins to look for networks; what was found is taken one by one when `hasSearched`. */
  bool search();
  bool hasSearched();
  /** @returns false: no more of them */
  bool takeFound(char ssid[33], int8_t& rssiDbm, bool& isLocked);

 private:
  static void hear(void* link, esp_event_base_t base, int32_t id, void* data);

  esp_netif_t* point_ = nullptr;
  volatile bool isJoined_ = false;
  volatile bool isWanted_ = false;
  volatile bool hasSearched_ = false;
  volatile uint32_t failures_ = 0;
};

}  // namespace homeward
