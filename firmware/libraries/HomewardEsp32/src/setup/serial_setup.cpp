#include "serial_setup.h"

#include <string.h>

namespace homeward {
namespace {

/** What is called for. */
enum Call : uint8_t { Wifi = 0x01, AskState = 0x02, Info = 0x03, Scan = 0x04, Begin = 0xa0, Piece = 0xa1, Keep = 0xa2 };

/** Writes a whole number in decimal, with its end. @param out room for eleven characters and a sign */
const char* decimal(int32_t value, char out[12]) {
  uint32_t rest = value < 0 ? 0 - static_cast<uint32_t>(value) : static_cast<uint32_t>(value);
  size_t at = 11;
  out[at] = '\0';
  do {
    out[--at] = static_cast<char>('0' + rest % 10);
    rest /= 10;
  } while (rest > 0);
  if (value < 0) out[--at] = '-';
  return out + at;
}

}  // namespace

void SerialSetup::put(uint8_t byte, Millis now) {
  reader_.put(byte, now);
  ImprovPacket packet;
  for (auto found = reader_.next(packet); found != ImprovReader::Found::Nothing; found = reader_.next(packet)) {
    if (found == ImprovReader::Found::Damaged) {
      tellError(Error::Malformed);
    } else if (packet.type == ImprovType::Call) {
      obey(packet, now);
    }
  }
}

void SerialSetup::turn(Millis now) {
  if (state_ == State::Joining && elapsed(now, joiningFrom_) >= kJoinsIn) failed();
}

void SerialSetup::obey(const ImprovPacket& packet, Millis now) {
  const bool isOne = packet.length >= 2 && packet.data[1] == packet.length - 2;
  if (!isOne) return tellError(Error::Malformed);
  const uint8_t call = packet.data[0];
  const uint8_t* const data = packet.data + 2;
  const uint8_t length = packet.data[1];
  // Said at once when it is not for us; else whatever comes of it.
  switch (call) {
    case Wifi:
      return obeyWifi(data, length, now) ? void() : tellError(Error::Malformed);
    case AskState:
      tellError(Error::None);
      tellState();
      return state_ == State::Joined ? tellResult(AskState) : void();
    case Info:
      tellError(Error::None);
      return tellResult(Info, board_.model, board_.version, chip_, board_.name);
    case Scan:
      tellError(Error::None);
      isSearching_ = true;
      return port_.search();
    case Begin:
      if (!intake_.begin(data, length)) return tellError(Error::Identity);
      tellError(Error::None);
      return tellResult(Begin);
    case Piece:
      return obeyPiece(data, length) ? void() : tellError(Error::Identity);
    case Keep:
      return obeyKeep() ? void() : tellError(Error::Identity);
    default:
      return tellError(Error::Unknown);
  }
}

bool SerialSetup::obeyWifi(const uint8_t* data, uint8_t length, Millis now) {
  if (length < 2 || data[0] > length - 2) return false;
  const uint8_t ssidLength = data[0];
  const uint8_t passwordLength = data[1 + ssidLength];
  WifiKey key;
  if (passwordLength != length - 2 - ssidLength) return false;
  if (!setWifiKey(key, data + 1, ssidLength, data + 2 + ssidLength, passwordLength)) return false;
  tellError(Error::None);
  state_ = State::Joining;
  joiningFrom_ = now;
  tellState();
  port_.join(key);
  memset(&key, 0, sizeof key);
  return true;
}

bool SerialSetup::obeyPiece(const uint8_t* data, uint8_t length) {
  uint16_t held = 0;
  if (!intake_.piece(data, length, held)) return false;
  char digits[12];
  tellError(Error::None);
  tellResult(Piece, decimal(held, digits));
  return true;
}

bool SerialSetup::obeyKeep() {
  if (!intake_.finish(identity_) || !port_.keepIdentity(intake_.bytes(), intake_.count())) return false;
  intake_.forget();
  tellError(Error::None);
  tellResult(Keep, identity_.username);
  port_.identified(identity_);
  memset(&identity_, 0, sizeof identity_);
  return true;
}

void SerialSetup::joined() {
  const bool wasAsked = state_ == State::Joining;
  state_ = State::Joined;
  if (!wasAsked) return;
  tellState();
  tellResult(Wifi);
}

void SerialSetup::failed() {
  const bool wasAsked = state_ == State::Joining;
  state_ = State::Ready;
  if (!wasAsked) return;
  tellError(Error::NoWifi);
  tellState();
}

void SerialSetup::found(const char* ssid, int8_t rssiDbm, bool isLocked) {
  char digits[12];
  if (isSearching_) tellResult(Scan, ssid, decimal(rssiDbm, digits), isLocked ? "YES" : "NO");
}

void SerialSetup::searched() {
  if (isSearching_) tellResult(Scan);
  isSearching_ = false;
}

void SerialSetup::tellState() {
  const uint8_t state = static_cast<uint8_t>(state_);
  tell(ImprovType::State, &state, 1);
}

void SerialSetup::tellError(Error error) {
  const uint8_t code = static_cast<uint8_t>(error);
  tell(ImprovType::Error, &code, 1);
}

void SerialSetup::tellResult(uint8_t call, const char* a, const char* b, const char* c, const char* d) {
  uint8_t data[255] = {call, 0};
  size_t length = 2;
  const char* const texts[] = {a, b, c, d};
  for (const char* const text : texts) {
    if (text == nullptr) continue;
    const size_t count = strlen(text);
    // Whatever a board is called, and a network, is far shorter; what is not is left out rather than cut.
    if (length + 1 + count > sizeof data) continue;
    data[length++] = static_cast<uint8_t>(count);
    memcpy(data + length, text, count);
    length += count;
  }
  data[1] = static_cast<uint8_t>(length - 2);
  tell(ImprovType::Result, data, static_cast<uint8_t>(length));
}

void SerialSetup::tell(ImprovType type, const uint8_t* data, uint8_t length) {
  uint8_t bytes[kImprovMost];
  port_.write(bytes, writeImprov(type, data, length, bytes));
}

}  // namespace homeward
