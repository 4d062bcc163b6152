#pragma once
#include "command_guard.h"
#include "json_writer.h"
#include "keypad.h"

namespace homeward {

/** Bytes of a PIN in its envelope, filled up with zeros: nobody sees how long it is. */
constexpr size_t kPinBlock = 16;

/** With what a PIN is sealed, and for whom. All of it stays where it is. */
struct PinSeal {
  Hmac hmac;
  const uint8_t* key;
  size_t keyLength;
  const char* door;
};

/**
 * Writes the fields `door`, `nonce`, `pin`, `mac` of a PIN that was typed at a door, so that neither the broker nor another board can read
 * it or make one up. `pin` = 16 bytes (the digits, then zeros) XOR the first 16 of HMAC-SHA256(key, `homeward-pin-pad-1\n<door>\n<nonce>`);
 * `mac` = HMAC-SHA256(key, `homeward-pin-1\n<door>\n<nonce>\n<pin>`), both in hex; all digits of a nonce are used for one PIN and never
 * again. The hub takes a nonce once.
 * @param random 128 bits of real chance
 * @param pin digits and the end; wiped when this returns
 * @returns false: it could not be sealed, and nothing of it was written
 */
bool writePin(JsonWriter& json, const PinSeal& seal, const uint8_t random[16], char pin[Keypad::kMost + 1]);

}  // namespace homeward
