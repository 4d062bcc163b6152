#include "identity_intake.h"

#include <string.h>

#include "homeward/checksum.h"

namespace homeward {
namespace {

size_t number16(const uint8_t* bytes) { return static_cast<size_t>(bytes[0] << 8 | bytes[1]); }

uint32_t number32(const uint8_t* bytes) {
  return static_cast<uint32_t>(number16(bytes)) << 16 | static_cast<uint32_t>(number16(bytes + 2));
}

}  // namespace

bool IdentityIntake::begin(const uint8_t* data, size_t count) {
  forget();
  if (count != 6 || number16(data) > kMostIdentity) return false;
  due_ = number16(data);
  sum_ = number32(data + 2);
  return due_ > 0;
}

bool IdentityIntake::piece(const uint8_t* data, size_t count, uint16_t& held) {
  if (count < 3 || count > 2 + kPiece) return false;
  const size_t from = number16(data);
  const size_t end = from + count - 2;
  if (from > held_ || end > due_) return false;
  if (from < held_) {
    // Said again, because the answer was lost: it must be the same.
    if (end > held_ || memcmp(all_ + from, data + 2, count - 2) != 0) return false;
  } else {
    memcpy(all_ + from, data + 2, count - 2);
    held_ = end;
  }
  held = static_cast<uint16_t>(end);
  return true;
}

bool IdentityIntake::finish(BrokerIdentity& identity) const {
  return held_ > 0 && held_ == due_ && crc32(all_, held_) == sum_ && readIdentity(all_, held_, identity);
}

void IdentityIntake::forget() {
  memset(all_, 0, sizeof all_);
  held_ = 0;
  due_ = 0;
}

}  // namespace homeward
