#include "command_guard.h"

#include <string.h>

#include "hex.h"

namespace homeward {
namespace {

constexpr size_t kMacDigits = 64;
constexpr char kPurpose[] = "homeward-command-1";

/** What is signed: purpose, three words and ten digits, each behind a line feed. */
constexpr size_t kMostSigned = sizeof kPurpose + 2 * CommandGuard::kWordSize + CommandGuard::kNonceSize + 11;

/** A text that is put together in a buffer of its own, large enough for whatever is signed. */
class Text {
 public:
  void add(const char* word) {
    const size_t length = strlen(word);
    memcpy(all_ + length_, word, length);
    length_ += length;
  }
  void add(uint32_t number) {
    char digits[11];
    size_t at = sizeof digits - 1;
    digits[at] = '\0';
    do {
      digits[--at] = static_cast<char>('0' + number % 10);
      number /= 10;
    } while (number > 0);
    add(digits + at);
  }
  const char* all() const { return all_; }
  size_t length() const { return length_; }

 private:
  char all_[kMostSigned];
  size_t length_ = 0;
};

/** Looks at every character, wherever the first difference stands. */
bool isSame(const char* a, const char* b, size_t length) {
  uint8_t difference = 0;
  for (size_t n = 0; n < length; ++n) difference = static_cast<uint8_t>(difference | (a[n] ^ b[n]));
  return difference == 0;
}

constexpr const char* kWords[] = {"obeyed",  "malformed",  "retained",    "locked_out", "no_nonce",
                                  "expired", "other_door", "old_counter", "wrong_mac"};

}  // namespace

const char* wordOf(Answer answer) { return kWords[static_cast<uint8_t>(answer)]; }

const char* CommandGuard::issue(const uint8_t random[16], Millis now) {
  toHex(random, 16, nonce_);
  issuedAt_ = now;
  return nonce_;
}

Answer CommandGuard::judge(const char* text, size_t length, bool retained, Millis now, char* cmd) {
  cmd[0] = '\0';
  // What the broker kept was not said now; it does not even cost the nonce.
  if (retained) return Answer::Retained;
  if (isLockedOut(now)) return Answer::LockedOut;
  FlatObject command;
  if (!command.read(text, length)) return Answer::Malformed;
  const Answer answer = check(command, now, cmd);
  if (answer != Answer::Obeyed) cmd[0] = '\0';
  return answer;
}

bool CommandGuard::isLockedOut(Millis now) {
  if (locked_ && elapsed(now, lockedAt_) >= kLockOut) locked_ = false;
  return locked_;
}

Answer CommandGuard::check(const FlatObject& command, Millis now, char* cmd) {
  char door[kWordSize];
  char nonce[kNonceSize];
  char mac[kMacDigits + 1];
  uint32_t counter = 0;
  const bool isWhole = command.fields() == 5 && command.word("cmd", cmd, kWordSize) &&
                       command.word("door", door, sizeof door) && command.word("nonce", nonce, sizeof nonce) &&
                       command.number("counter", counter) && command.word("mac", mac, sizeof mac);
  if (!isWhole || strlen(mac) != kMacDigits) return Answer::Malformed;
  if (nonce_[0] == '\0' || strcmp(nonce, nonce_) != 0) return Answer::NoNonce;
  // One try, right or wrong.
  nonce_[0] = '\0';
  if (elapsed(now, issuedAt_) >= kNonceLife) return Answer::Expired;
  Text text;
  text.add(kPurpose);
  const char* const words[] = {cmd, door, nonce};
  for (const char* const word : words) {
    text.add("\n");
    text.add(word);
  }
  text.add("\n");
  text.add(counter);
  uint8_t due[32];
  char digits[kMacDigits + 1];
  if (!hmac_(key_, keyLength_, text.all(), text.length(), due)) return fail(now);
  toHex(due, sizeof due, digits);
  if (!isSame(digits, mac, kMacDigits)) return fail(now);
  fails_ = 0;
  // Only who knows the key gets this far, and is told what is wrong.
  if (strcmp(door, door_) != 0) return Answer::OtherDoor;
  if (counter <= counter_) return Answer::OldCounter;
  counter_ = counter;
  return Answer::Obeyed;
}

Answer CommandGuard::fail(Millis now) {
  if (++fails_ >= kMostFails) {
    fails_ = 0;
    locked_ = true;
    lockedAt_ = now;
  }
  return Answer::WrongMac;
}

}  // namespace homeward
