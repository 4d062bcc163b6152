#pragma once
#include <stddef.h>
#include <stdint.h>

#include "homeward/time.h"
#include "setup/broker_identity.h"

namespace homeward {

/**
 * Sends pictures of the board's camera to the hub, by HTTPS and with the hub's own authority: over the broker they would hold up what
 * matters. A picture that could not be sent is not kept; the next one is.
 */
class CameraLink {
 public:
  /** So long between two pictures: one takes about a second to be sent. Ours. */
  static constexpr Millis kBetween = 5 * kSecond;

  /** @param identity stays where it is */
  explicit CameraLink(const BrokerIdentity& identity) : identity_(identity) {}

  /** To be called by the sketch's own loop, below all other tasks. @param isSeen somebody moves */
  void turn(bool isSeen, Millis now);

  /** Pictures that the hub took, and those that it did not. */
  uint32_t taken() const { return taken_; }
  uint32_t failed() const { return failed_; }

 private:
  bool send(const uint8_t* jpeg, size_t count);

  const BrokerIdentity& identity_;
  Millis sentAt_ = 0;
  bool hasSent_ = false;
  uint32_t taken_ = 0;
  uint32_t failed_ = 0;
};

}  // namespace homeward
