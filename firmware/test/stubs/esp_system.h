#pragma once
#include "esp_err.h"
typedef enum { ESP_RST_UNKNOWN, ESP_RST_POWERON, ESP_RST_EXT, ESP_RST_SW, ESP_RST_PANIC } esp_reset_reason_t;
extern "C" {
[[noreturn]] void esp_restart();
esp_reset_reason_t esp_reset_reason();
}
