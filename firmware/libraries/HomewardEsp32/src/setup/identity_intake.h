#pragma once
#include "broker_identity.h"

namespace homeward {

/** Takes an identity in, piece by piece, as `firmware/contract/improv.md` says. Nothing counts before all of it came whole. */
class IdentityIntake {
 public:
  /** The longest piece. */
  static constexpr size_t kPiece = 192;

  /** Length (2) and CRC-32 (4), the higher byte first. @returns false: no such; nothing is awaited */
  bool begin(const uint8_t* data, size_t count);

  /** Where it belongs (2), then the bytes. @param held how many there are behind it @returns false: it fits nowhere */
  bool piece(const uint8_t* data, size_t count, uint16_t& held);

  /** @returns false: not all is there, or its sum is wrong, or it says no identity */
  bool finish(BrokerIdentity& identity) const;

  const uint8_t* bytes() const { return all_; }
  size_t count() const { return held_; }

  /** Wipes what came: there are secrets in it. */
  void forget();

 private:
  uint8_t all_[kMostIdentity] = {};
  size_t held_ = 0;
  size_t due_ = 0;
  uint32_t sum_ = 0;
};

}  // namespace homeward
