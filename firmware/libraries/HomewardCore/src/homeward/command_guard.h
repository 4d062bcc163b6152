#pragma once
#include "flat_object.h"
#include "time.h"

namespace homeward {

/** HMAC-SHA256 of a text. @returns false: it could not be computed */
using Hmac = bool (*)(const uint8_t* key, size_t keyLength, const char* text, size_t length, uint8_t out[32]);

/** What became of a command. One word for each on the wire: `wordOf`. */
enum class Answer : uint8_t { Obeyed, Malformed, Retained, LockedOut, NoNonce, Expired, OtherDoor, OldCounter, WrongMac };

/** The word for it, as the board reports it. */
const char* wordOf(Answer answer);

/**
 * Lets a command of the hub pass only when it was made for this board, this door and this moment. Wire: the board hands out a nonce,
 * the hub answers `{cmd, door, nonce, counter, mac}`; `mac` = HMAC-SHA256, 64 hex digits, over
 * `homeward-command-1\n<cmd>\n<door>\n<nonce>\n<counter>`. Source: safety.md ACC-7, DESIGN §7.
 */
class CommandGuard {
 public:
  /** A nonce is good for so long of the board's clock, and for one try. Source: DESIGN §7. */
  static constexpr Millis kNonceLife = 5 * kSecond;
  /** So many wrong signatures in a row, and nobody is heard … */
  static constexpr uint8_t kMostFails = 5;
  /** … for this long. Source: firmware.md §5. */
  static constexpr Millis kLockOut = kMinute;
  /** 128 random bits in hex, and the end. */
  static constexpr size_t kNonceSize = 33;
  static constexpr size_t kWordSize = 16;

  /**
   * @param key shared with the hub at pairing; stays where it is
   * @param counter the highest counter that was obeyed, as it was kept; that one and any lower are refused
   */
  CommandGuard(Hmac hmac, const uint8_t* key, size_t keyLength, const char* door, uint32_t counter)
      : hmac_(hmac), key_(key), keyLength_(keyLength), door_(door), counter_(counter) {}

  /** Hands out a new nonce; the one before is worth nothing any more. @param random 128 bits of real chance */
  const char* issue(const uint8_t random[16], Millis now);

  /** @param cmd room of `kWordSize` for what is to be done, when it is obeyed */
  Answer judge(const char* text, size_t length, bool retained, Millis now, char* cmd);

  /** To be kept before anything is done: over a restart no command is obeyed twice. */
  uint32_t counter() const { return counter_; }

  /** Wrong signatures in a row. */
  uint8_t fails() const { return fails_; }

 private:
  bool isLockedOut(Millis now);
  Answer check(const FlatObject& command, Millis now, char* cmd);
  Answer fail(Millis now);

  Hmac hmac_;
  const uint8_t* key_;
  size_t keyLength_;
  const char* door_;
  uint32_t counter_;
  char nonce_[kNonceSize] = {};
  Millis issuedAt_ = 0;
  Millis lockedAt_ = 0;
  bool locked_ = false;
  uint8_t fails_ = 0;
};

}  // namespace homeward
