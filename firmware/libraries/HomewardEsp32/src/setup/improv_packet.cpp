#include "improv_packet.h"

#include <string.h>

namespace homeward {
namespace {

constexpr uint8_t kHead[] = {'I', 'M', 'P', 'R', 'O', 'V', 1};
constexpr size_t kType = 7;
constexpr size_t kLength = 8;

uint8_t sumOf(const uint8_t* bytes, size_t count) {
  uint8_t sum = 0;
  for (size_t n = 0; n < count; ++n) sum = static_cast<uint8_t>(sum + bytes[n]);
  return sum;
}

bool mayBegin(const uint8_t* bytes, size_t count) {
  return memcmp(bytes, kHead, count < sizeof kHead ? count : sizeof kHead) == 0;
}

}  // namespace

size_t writeImprov(ImprovType type, const uint8_t* data, uint8_t length, uint8_t out[kImprovMost]) {
  memcpy(out, kHead, sizeof kHead);
  out[kType] = static_cast<uint8_t>(type);
  out[kLength] = length;
  if (length > 0) memcpy(out + kImprovHead, data, length);
  const size_t end = kImprovHead + length;
  out[end] = sumOf(out, end);
  out[end + 1] = '\n';
  return end + 2;
}

void ImprovReader::put(uint8_t byte, Millis now) {
  drop(told_);
  told_ = 0;
  if (elapsed(now, at_) >= kPatience) count_ = 0;
  if (count_ == sizeof all_) drop(1);
  at_ = now;
  all_[count_++] = byte;
}

ImprovReader::Found ImprovReader::next(ImprovPacket& packet) {
  drop(told_);
  told_ = 0;
  while (count_ > 0 && !mayBegin(all_, count_)) drop(1);
  if (count_ < kImprovHead) return Found::Nothing;
  const uint8_t length = all_[kLength];
  const size_t end = kImprovHead + length;
  if (count_ <= end) return Found::Nothing;
  if (sumOf(all_, end) != all_[end]) {
    // A byte may have been lost: a whole one may begin within.
    drop(1);
    return Found::Damaged;
  }
  packet = {static_cast<ImprovType>(all_[kType]), all_ + kImprovHead, length};
  told_ = end + 1;
  return Found::Packet;
}

void ImprovReader::drop(size_t count) {
  count_ -= count;
  memmove(all_, all_ + count, count_);
}

}  // namespace homeward
