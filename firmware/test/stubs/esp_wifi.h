#pragma once
#include <stdint.h>

#include "esp_err.h"
typedef enum { WIFI_STORAGE_FLASH, WIFI_STORAGE_RAM } wifi_storage_t;
typedef enum { WIFI_MODE_NULL, WIFI_MODE_STA, WIFI_MODE_AP, WIFI_MODE_APSTA } wifi_mode_t;
typedef enum { WIFI_IF_STA, WIFI_IF_AP } wifi_interface_t;
typedef enum { WIFI_AUTH_OPEN, WIFI_AUTH_WEP, WIFI_AUTH_WPA_PSK, WIFI_AUTH_WPA2_PSK } wifi_auth_mode_t;
enum { WIFI_EVENT_SCAN_DONE = 1, WIFI_EVENT_STA_DISCONNECTED = 5 };
typedef struct {
  int magic;
} wifi_init_config_t;
#define WIFI_INIT_CONFIG_DEFAULT() \
  { 0 }
typedef union {
  struct {
    uint8_t ssid[32];
    uint8_t password[64];
    struct {
      int8_t rssi;
      wifi_auth_mode_t authmode;
    } threshold;
    struct {
      bool capable;
      bool required;
    } pmf_cfg;
  } sta;
  struct {
    uint8_t ssid[32];
    uint8_t password[64];
    uint8_t max_connection;
    wifi_auth_mode_t authmode;
  } ap;
} wifi_config_t;
typedef struct {
  uint8_t ssid[33];
  int8_t rssi;
  wifi_auth_mode_t authmode;
} wifi_ap_record_t;
typedef struct wifi_scan_config_t wifi_scan_config_t;
extern "C" {
esp_err_t esp_wifi_init(const wifi_init_config_t* config);
esp_err_t esp_wifi_set_storage(wifi_storage_t storage);
esp_err_t esp_wifi_set_mode(wifi_mode_t mode);
esp_err_t esp_wifi_set_config(wifi_interface_t which, wifi_config_t* config);
esp_err_t esp_wifi_start();
esp_err_t esp_wifi_connect();
esp_err_t esp_wifi_disconnect();
esp_err_t esp_wifi_scan_start(const wifi_scan_config_t* config, bool block);
esp_err_t esp_wifi_scan_get_ap_record(wifi_ap_record_t* record);
esp_err_t esp_wifi_clear_ap_list();
}
