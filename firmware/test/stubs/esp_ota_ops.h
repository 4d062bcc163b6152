#pragma once
#include <stddef.h>
#include <stdint.h>

#include "esp_err.h"
typedef uint32_t esp_ota_handle_t;
typedef struct {
  uint32_t address;
  uint32_t size;
} esp_partition_t;
typedef enum { ESP_OTA_IMG_NEW, ESP_OTA_IMG_PENDING_VERIFY, ESP_OTA_IMG_VALID } esp_ota_img_states_t;
constexpr size_t OTA_WITH_SEQUENTIAL_WRITES = 0xfffffffe;
extern "C" {
const esp_partition_t* esp_ota_get_next_update_partition(const esp_partition_t* from);
const esp_partition_t* esp_ota_get_running_partition();
esp_err_t esp_ota_begin(const esp_partition_t* partition, size_t size, esp_ota_handle_t* out);
esp_err_t esp_ota_write(esp_ota_handle_t handle, const void* bytes, size_t count);
esp_err_t esp_ota_end(esp_ota_handle_t handle);
esp_err_t esp_ota_abort(esp_ota_handle_t handle);
esp_err_t esp_ota_set_boot_partition(const esp_partition_t* partition);
esp_err_t esp_ota_get_state_partition(const esp_partition_t* partition, esp_ota_img_states_t* state);
esp_err_t esp_ota_mark_app_valid_cancel_rollback();
esp_err_t esp_ota_mark_app_invalid_rollback_and_reboot();
}
