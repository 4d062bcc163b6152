#include "wiegand.h"

namespace homeward {
namespace {

constexpr WiegandWord kNothing = {WiegandWord::Kind::None, 0, 0};
constexpr char kKeys[] = "0123456789*#";

uint8_t onesOf(uint64_t bits) {
  uint8_t ones = 0;
  for (; bits != 0; bits &= bits - 1) ++ones;
  return ones;
}

WiegandWord keyOf(uint8_t code) {
  return code < sizeof kKeys - 1 ? WiegandWord{WiegandWord::Kind::Key, kKeys[code], 0} : kNothing;
}

WiegandWord cardOf(uint64_t bits, uint8_t count) {
  const uint8_t half = count / 2;
  const bool isEven = onesOf(bits >> half) % 2 == 0;
  const bool isOdd = onesOf(bits & ((1ULL << half) - 1)) % 2 == 1;
  if (!isEven || !isOdd) return kNothing;
  const uint64_t number = bits >> 1 & ((1ULL << (count - 2)) - 1);
  return {WiegandWord::Kind::Card, 0, static_cast<uint32_t>(number)};
}

WiegandWord wordOf(uint64_t bits, uint8_t count) {
  const uint8_t low = bits & 0x0f;
  switch (count) {
    case 4:
      return keyOf(low);
    case 8:
      return (bits >> 4) == static_cast<uint8_t>(~low & 0x0f) ? keyOf(low) : kNothing;
    case 26:
    case 34:
      return cardOf(bits, count);
    default:
      return kNothing;
  }
}

}  // namespace

void Wiegand::put(bool one, Millis now) {
  at_ = now;
  if (count_ >= kTooMany) return;
  bits_ = bits_ << 1 | (one ? 1 : 0);
  ++count_;
}

WiegandWord Wiegand::poll(Millis now) {
  if (count_ == 0 || elapsed(now, at_) < kQuiet) return kNothing;
  const WiegandWord word = wordOf(bits_, count_);
  bits_ = 0;
  count_ = 0;
  return word;
}

}  // namespace homeward
