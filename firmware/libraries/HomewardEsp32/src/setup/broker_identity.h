#pragma once
#include <stddef.h>
#include <stdint.h>

namespace homeward {

/** Where the broker is, and who this board is there. Parts and bounds: `firmware/contract/improv.md`. */
struct BrokerIdentity {
  char host[254];
  uint16_t port;
  bool isTls;
  /** The board's id in its topics: `[A-Za-z0-9_-]`. */
  char username[65];
  char password[129];
  /** PEM of the authority to trust; empty without TLS. */
  char ca[4097];
  bool hasDoorKey;
  /** What commands to a door are signed with. */
  uint8_t doorKey[32];
  bool hasUpdateKey;
  /** The point of the key that signs updates, X then Y, of P-256. */
  uint8_t updateKey[64];
};

/** The longest stored form: all parts at their longest, and some that a later hub may add. */
constexpr size_t kMostIdentity = 5120;

/**
 * Reads an identity to the letter.
 * @returns false: a part is missing, twice, out of order, too long, or says what cannot be; `identity` is empty then
 */
bool readIdentity(const uint8_t* bytes, size_t count, BrokerIdentity& identity);

}  // namespace homeward
