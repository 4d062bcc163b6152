#include "safe_mode.h"

#include "homeward/checksum.h"

namespace homeward {
namespace {

/** Ten minutes doubled so often are more than a day: more need not be counted. */
constexpr uint8_t kMostStarts = SafeMode::kQuick + 9;

uint32_t sumOf(uint8_t starts) { return crc32(&starts, 1); }

}  // namespace

SafeMode::SafeMode(const uint8_t* kept, size_t count, bool wasMeant, Millis now) : since_(now) {
  if (count == kSize && kept[0] <= kMostStarts) {
    uint32_t sum = 0;
    for (size_t n = 1; n < kSize; ++n) sum = sum << 8 | kept[n];
    if (sum == sumOf(kept[0])) starts_ = kept[0];
  }
  if (!wasMeant && starts_ < kMostStarts) ++starts_;
  mayNetwork_ = starts_ <= kQuick;
}

void SafeMode::write(uint8_t out[kSize]) const {
  out[0] = starts_;
  const uint32_t sum = sumOf(starts_);
  for (size_t n = 1; n < kSize; ++n) out[n] = static_cast<uint8_t>(sum >> (8 * (kSize - 1 - n)));
}

Millis SafeMode::span() const {
  Millis span = kFirst;
  for (uint8_t n = kQuick + 1; n < starts_; ++n) span *= 2;
  return span < kLongest ? span : kLongest;
}

bool SafeMode::mayNetwork(Millis now) {
  if (!mayNetwork_ && elapsed(now, since_) >= span()) {
    mayNetwork_ = true;
    since_ = now;
  }
  return mayNetwork_;
}

bool SafeMode::turn(Millis now) {
  if (!mayNetwork(now) || starts_ == 0 || elapsed(now, since_) < kGoodAfter) return false;
  starts_ = 0;
  return true;
}

}  // namespace homeward
