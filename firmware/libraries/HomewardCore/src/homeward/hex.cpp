#include "hex.h"

namespace homeward {

void toHex(const uint8_t* bytes, size_t count, char* out) {
  constexpr char kDigits[] = "0123456789abcdef";
  for (size_t n = 0; n < count; ++n) {
    out[2 * n] = kDigits[bytes[n] >> 4];
    out[2 * n + 1] = kDigits[bytes[n] & 15];
  }
  out[2 * count] = '\0';
}

}  // namespace homeward
