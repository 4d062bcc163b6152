#include "wifi_link.h"

#include <esp_wifi.h>
#include <string.h>

namespace homeward {

bool WifiLink::begin() {
  if (esp_netif_init() != ESP_OK) return false;
  const esp_err_t loop = esp_event_loop_create_default();
  if (loop != ESP_OK && loop != ESP_ERR_INVALID_STATE) return false;
  esp_netif_create_default_wifi_sta();
  wifi_init_config_t config = WIFI_INIT_CONFIG_DEFAULT();
  // The key is kept by us, beside the identity, so that one place forgets both.
  const bool isReady = esp_wifi_init(&config) == ESP_OK && esp_wifi_set_storage(WIFI_STORAGE_RAM) == ESP_OK;
  if (!isReady) return false;
  esp_event_handler_register(WIFI_EVENT, ESP_EVENT_ANY_ID, hear, this);
  esp_event_handler_register(IP_EVENT, IP_EVENT_STA_GOT_IP, hear, this);
  return esp_wifi_set_mode(WIFI_MODE_STA) == ESP_OK && esp_wifi_start() == ESP_OK;
}

void WifiLink::join(const WifiKey& key) {
  wifi_config_t config;
  memset(&config, 0, sizeof config);
  memcpy(config.sta.ssid, key.ssid, strlen(key.ssid));
  memcpy(config.sta.password, key.password, strlen(key.password));
  // An access point that offers less than what the password was made for is another one.
  config.sta.threshold.authmode = key.password[0] == '\0' ? WIFI_AUTH_OPEN : WIFI_AUTH_WPA2_PSK;
  config.sta.pmf_cfg.capable = true;
  isWanted_ = false;
  esp_wifi_disconnect();
  failures_ = 0;
  isJoined_ = false;
  isWanted_ = true;
  esp_wifi_set_config(WIFI_IF_STA, &config);
  esp_wifi_connect();
  memset(&config, 0, sizeof config);
}

bool WifiLink::openPoint(const char* name, const char* code) {
  if (point_ == nullptr) point_ = esp_netif_create_default_wifi_ap();
  wifi_config_t config;
  memset(&config, 0, sizeof config);
  strncpy(reinterpret_cast<char*>(config.ap.ssid), name, sizeof config.ap.ssid - 1);
  strncpy(reinterpret_cast<char*>(config.ap.password), code, sizeof config.ap.password - 1);
  config.ap.authmode = WIFI_AUTH_WPA2_PSK;
  // One person sets up one board.
  config.ap.max_connection = 1;
  return esp_wifi_set_mode(WIFI_MODE_APSTA) == ESP_OK && esp_wifi_set_config(WIFI_IF_AP, &config) == ESP_OK;
}

void WifiLink::closePoint() { esp_wifi_set_mode(WIFI_MODE_STA); }

bool WifiLink::search() {
  hasSearched_ = false;
  return esp_wifi_scan_start(nullptr, false) == ESP_OK;
}

bool WifiLink::hasSearched() { return hasSearched_; }

bool WifiLink::takeFound(char ssid[33], int8_t& rssiDbm, bool& isLocked) {
  wifi_ap_record_t record;
  if (esp_wifi_scan_get_ap_record(&record) != ESP_OK) {
    esp_wifi_clear_ap_list();
    return false;
  }
  memcpy(ssid, record.ssid, 32);
  ssid[32] = '\0';
  rssiDbm = record.rssi;
  isLocked = record.authmode != WIFI_AUTH_OPEN;
  return true;
}

void WifiLink::hear(void* link, esp_event_base_t base, int32_t id, void*) {
  WifiLink* const self = static_cast<WifiLink*>(link);
  if (base == IP_EVENT) {
    self->isJoined_ = true;
  } else if (id == WIFI_EVENT_STA_DISCONNECTED) {
    self->isJoined_ = false;
    self->failures_ = self->failures_ + 1;
    if (self->isWanted_) esp_wifi_connect();
  } else if (id == WIFI_EVENT_SCAN_DONE) {
    self->hasSearched_ = true;
  }
}

}  // namespace homeward
