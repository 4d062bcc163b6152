#include "key_matrix.h"

namespace homeward {
namespace {

constexpr char kKeys[] = "123A456B789C*0#D";

/** @param keys at least one */
constexpr bool isOne(uint16_t keys) { return (keys & (keys - 1)) == 0; }

}  // namespace

char KeyMatrix::scan(const uint8_t rows[kRows], Millis now) {
  uint16_t down = 0;
  for (uint8_t row = 0; row < kRows; ++row) down = static_cast<uint16_t>(down | (rows[row] & 0x0f) << (4 * row));
  if (down != down_) {
    down_ = down;
    since_ = now;
  }
  if (elapsed(now, since_) < kHold) return 0;
  if (down == 0) {
    isDone_ = false;
    return 0;
  }
  if (isDone_) return 0;
  isDone_ = true;
  if (!isOne(down)) return 0;
  uint8_t key = 0;
  while ((down >> key & 1) == 0) ++key;
  return kKeys[key];
}

}  // namespace homeward
