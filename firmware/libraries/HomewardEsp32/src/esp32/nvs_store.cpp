#include "nvs_store.h"

#include <nvs_flash.h>

namespace homeward {

bool NvsStore::begin() {
  const esp_err_t error = nvs_flash_init();
  // Never erased here: that would unpair a board because of one bad page.
  if (error != ESP_OK) return false;
  isOpen_ = nvs_open("homeward", NVS_READWRITE, &handle_) == ESP_OK;
  return isOpen_;
}

size_t NvsStore::load(const char* key, void* out, size_t room) {
  size_t count = 0;
  if (!isOpen_ || nvs_get_blob(handle_, key, nullptr, &count) != ESP_OK) return 0;
  if (count > room) return count;
  return nvs_get_blob(handle_, key, out, &count) == ESP_OK ? count : 0;
}

bool NvsStore::save(const char* key, const void* bytes, size_t count) {
  return isOpen_ && nvs_set_blob(handle_, key, bytes, count) == ESP_OK && nvs_commit(handle_) == ESP_OK;
}

void NvsStore::forget(const char* key) {
  if (isOpen_ && nvs_erase_key(handle_, key) == ESP_OK) nvs_commit(handle_);
}

}  // namespace homeward
