#pragma once
#include <nvs.h>
#include <stddef.h>
#include <stdint.h>

namespace homeward {

/**
 * What a board keeps in its flash. It is not encrypted: whoever takes a board apart reads its Wi-Fi password and its keys. They are of
 * this board alone, and the hub can take them back.
 */
class NvsStore {
 public:
  /** @returns false: the flash cannot be read; the board runs on its defaults */
  bool begin();

  /** @returns how many bytes were kept, also when they are more than there is room for; 0: none */
  size_t load(const char* key, void* out, size_t room);

  /** Keeps it whole or not at all. @returns false: no room; what was kept before still is */
  bool save(const char* key, const void* bytes, size_t count);

  void forget(const char* key);

 private:
  nvs_handle_t handle_ = 0;
  bool isOpen_ = false;
};

}  // namespace homeward
