#include "broker_identity.h"

#include <string.h>

namespace homeward {
namespace {

constexpr size_t kPartHead = 3;

/** Parts by number. */
enum Part : uint8_t { Host = 1, Port, Tls, Username, Password, Ca, DoorKey, UpdateKey };

constexpr uint16_t bit(Part part) { return static_cast<uint16_t>(1 << part); }
constexpr uint16_t kNeeded = bit(Host) | bit(Port) | bit(Tls) | bit(Username) | bit(Password);

bool isIdCharacter(uint8_t c) {
  const uint8_t letter = c | 0x20;
  return (letter >= 'a' && letter <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

bool isPrintable(uint8_t c) { return c > ' ' && c < 0x7f; }
bool isPem(uint8_t c) { return c == '\n' || c == '\r' || (c >= ' ' && c < 0x7f); }

/** Copies a text whose characters are all such. @returns false: too short, too long, or another character in it */
bool copyText(const uint8_t* bytes, size_t count, bool (*is)(uint8_t), char* out, size_t room) {
  if (count == 0 || count >= room) return false;
  for (size_t n = 0; n < count; ++n) {
    if (!is(bytes[n])) return false;
  }
  memcpy(out, bytes, count);
  out[count] = '\0';
  return true;
}

bool copyKey(const uint8_t* bytes, size_t count, uint8_t* out, size_t room, bool& has) {
  has = count == room;
  if (has) memcpy(out, bytes, room);
  return has;
}

bool readPort(const uint8_t* bytes, size_t count, uint16_t& port) {
  if (count != 2) return false;
  port = static_cast<uint16_t>(bytes[0] << 8 | bytes[1]);
  return port > 0;
}

bool readTls(const uint8_t* bytes, size_t count, bool& isTls) {
  if (count != 1 || bytes[0] > 1) return false;
  isTls = bytes[0] == 1;
  return true;
}

bool readPart(uint8_t part, const uint8_t* bytes, size_t count, BrokerIdentity& out) {
  switch (part) {
    case Host:
      return copyText(bytes, count, isPrintable, out.host, sizeof out.host);
    case Port:
      return readPort(bytes, count, out.port);
    case Tls:
      return readTls(bytes, count, out.isTls);
    case Username:
      return copyText(bytes, count, isIdCharacter, out.username, sizeof out.username);
    case Password:
      return copyText(bytes, count, isPrintable, out.password, sizeof out.password);
    case Ca:
      return copyText(bytes, count, isPem, out.ca, sizeof out.ca);
    case DoorKey:
      return copyKey(bytes, count, out.doorKey, sizeof out.doorKey, out.hasDoorKey);
    case UpdateKey:
      return copyKey(bytes, count, out.updateKey, sizeof out.updateKey, out.hasUpdateKey);
    default:
      return part != 0;
  }
}

bool readParts(const uint8_t* bytes, size_t count, BrokerIdentity& out) {
  uint8_t last = 0;
  uint16_t seen = 0;
  for (size_t at = 0; at < count;) {
    if (count - at < kPartHead) return false;
    const uint8_t part = bytes[at];
    const size_t length = static_cast<size_t>(bytes[at + 1] << 8 | bytes[at + 2]);
    at += kPartHead;
    const bool isNext = part > last && length <= count - at;
    if (!isNext || !readPart(part, bytes + at, length, out)) return false;
    if (part <= UpdateKey) seen = static_cast<uint16_t>(seen | 1 << part);
    last = part;
    at += length;
  }
  const bool hasCa = (seen & bit(Ca)) != 0;
  return (seen & kNeeded) == kNeeded && hasCa == out.isTls;
}

}  // namespace

bool readIdentity(const uint8_t* bytes, size_t count, BrokerIdentity& identity) {
  memset(&identity, 0, sizeof identity);
  if (count <= kMostIdentity && readParts(bytes, count, identity)) return true;
  memset(&identity, 0, sizeof identity);
  return false;
}

}  // namespace homeward
