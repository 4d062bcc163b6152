#include "pin_envelope.h"

#include <string.h>

#include "hex.h"

namespace homeward {
namespace {

constexpr char kPad[] = "homeward-pin-pad-1";
constexpr char kSeal[] = "homeward-pin-1";
/** The longer purpose, a door, a nonce and the digits of a block, each behind a line feed. */
constexpr size_t kMostSealed = sizeof kPad + CommandGuard::kWordSize + CommandGuard::kNonceSize + 2 * kPinBlock + 1;

/** Words with a line feed between them. @returns their length in all */
size_t lines(char out[kMostSealed], const char* const* words, uint8_t count) {
  size_t length = 0;
  for (uint8_t n = 0; n < count; ++n) {
    if (n > 0) out[length++] = '\n';
    const size_t more = strlen(words[n]);
    memcpy(out + length, words[n], more);
    length += more;
  }
  return length;
}

/** Through a volatile pointer: a compiler may drop a write that nobody reads. */
void wipe(void* what, size_t count) {
  volatile uint8_t* const bytes = static_cast<uint8_t*>(what);
  for (size_t n = 0; n < count; ++n) bytes[n] = 0;
}

}  // namespace

bool writePin(JsonWriter& json, const PinSeal& seal, const uint8_t random[16], char pin[Keypad::kMost + 1]) {
  char nonce[CommandGuard::kNonceSize];
  toHex(random, 16, nonce);
  char text[kMostSealed];
  const char* const padded[] = {kPad, seal.door, nonce};
  uint8_t pad[32];
  const bool isPadded = strlen(seal.door) < CommandGuard::kWordSize &&
                        seal.hmac(seal.key, seal.keyLength, text, lines(text, padded, 3), pad);
  for (size_t n = 0; n < kPinBlock && isPadded; ++n) {
    // The digits end with the first zero, and zeros follow.
    if (n <= Keypad::kMost) pad[n] = static_cast<uint8_t>(pad[n] ^ static_cast<uint8_t>(pin[n]));
  }
  wipe(pin, Keypad::kMost + 1);
  if (!isPadded) return false;
  char block[2 * kPinBlock + 1];
  toHex(pad, kPinBlock, block);
  wipe(pad, sizeof pad);
  const char* const sealed[] = {kSeal, seal.door, nonce, block};
  uint8_t sum[32];
  if (!seal.hmac(seal.key, seal.keyLength, text, lines(text, sealed, 4), sum)) return false;
  char mac[2 * sizeof sum + 1];
  toHex(sum, sizeof sum, mac);
  json.word("door", seal.door).word("nonce", nonce).word("pin", block).word("mac", mac);
  return true;
}

}  // namespace homeward
