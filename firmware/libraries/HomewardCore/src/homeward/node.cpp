#include "node.h"

#include <string.h>

#include "hex.h"

namespace homeward {
namespace {

/** What was refused is told for so long. Ours: long enough to be seen, short enough not to hide what comes. */
constexpr Millis kRefusalTold = 10 * kMinute;

/** A contact of the case. Source: safety.md INT-3: 400 ms must be processed. */
constexpr Millis kBounce = 50;

/** A longer duration of a siren command says nothing: its lease ends first. */
constexpr uint32_t kLongestLeaseS = 3600;

bool isText(const Incoming& letter, const char* text) {
  return letter.length == strlen(text) && memcmp(letter.text, text, letter.length) == 0;
}

constexpr const char* kTroubles[] = {"connecting", "unreachable", "wrong_ca", "wrong_password"};

}  // namespace

Node::Node(Board& board, const Identity& identity, bool hasSiren)
    : board_(board), identity_(identity), hasSiren_(hasSiren), hub_(0), tamper_(kBounce) {}

void Node::begin(Millis now) {
  board_.strike(false);
  board_.fan(false);
  board_.siren({false, false});
  board_.buzzer(false);
  // One more than there may be: what is longer is damaged too.
  uint8_t bytes[kSettingsSize + 1];
  const size_t count = board_.load(bytes, sizeof bytes);
  isDamaged_ = count > 0 && !readSettings(bytes, count, settings_);
  uint8_t chance[4];
  board_.random(chance, sizeof chance);
  toHex(chance, sizeof chance, boot_);
  bootAt_ = now;
  toldAt_ = now;
  hub_ = HubWatch(now);
  start(now);
  addOwnParts();
}

void Node::addOwnParts() {
  add({case_.key, Platform::BinarySensor, "Case", "tamper", nullptr, nullptr, 0, true});
  if (hasSiren_) add({"siren", Platform::Siren, "Siren", nullptr, nullptr, nullptr, 0, false});
  add({"status", Platform::Sensor, "Status", nullptr, nullptr, nullptr, 0, true});
}

bool Node::announce(JsonWriter& json) const {
  // Two states may be missed before a value counts as unknown.
  const uint16_t expireS = static_cast<uint16_t>(3 * settings_.reportS);
  return writeAnnouncement(json, identity_, parts_, partCount_, expireS);
}

void Node::turn(Millis now) {
  seeLink(now);
  for (const Incoming* letter = mail_.heard(); letter != nullptr; letter = mail_.heard()) {
    hear(*letter, now);
    mail_.done();
  }
  show(case_, tamper_.settle(now), now);
  const Call call = judge(now);
  sound(call, now);
  speak(call, now);
}

void Node::seeLink(Millis now) {
  const uint32_t link = mail_.link();
  if (link != link_) {
    link_ = link;
    toGreet_ = isConnected() ? 2 : 0;
    isAnnouncingLater_ = false;
    alarms_.hurry();
  }
  if (isAnnouncingLater_ && elapsed(now, laterFrom_) >= laterIn_) {
    isAnnouncingLater_ = false;
    toGreet_ = 2;
  }
  const uint32_t lost = mail_.lost();
  if (lost != lost_) refuse("flooded", now);
  lost_ = lost;
}

void Node::hear(const Incoming& letter, Millis now) {
  const char* const word = take(letter, now);
  if (word != nullptr) refuse(word, now);
}

const char* Node::take(const Incoming& letter, Millis now) {
  if (letter.inlet == Inlet::Foreign) return kForeign;
  if (letter.isTooLong) return wordOf(Answer::Malformed);
  if (letter.inlet == Inlet::HomeAssistant) {
    if (!isText(letter, "online") || isAnnouncingLater_) return nullptr;
    uint8_t chance[2];
    board_.random(chance, sizeof chance);
    isAnnouncingLater_ = true;
    laterFrom_ = now;
    laterIn_ = kSecond + (chance[0] | chance[1] << 8) % (4 * kSecond);
    return nullptr;
  }
  // What the broker kept was not said now.
  if (letter.isRetained) return wordOf(Answer::Retained);
  switch (letter.inlet) {
    case Inlet::Beat:
      hub_.beat(now);
      return nullptr;
    case Inlet::Ack:
      return takeAck(letter);
    case Inlet::Siren:
      return takeSiren(letter, now);
    case Inlet::Countdown: {
      FlatObject message;
      const bool isOne = message.read(letter.text, letter.length) && entry_.hear(message, now);
      return isOne ? nullptr : wordOf(Answer::Malformed);
    }
    default:
      return obey(letter, now);
  }
}

const char* Node::takeAck(const Incoming& letter) {
  FlatObject ack;
  char boot[sizeof boot_];
  uint32_t seq = 0;
  const bool isOne = ack.read(letter.text, letter.length) && ack.number("seq", seq);
  if (!isOne) return wordOf(Answer::Malformed);
  // Another boot's may be longer than ours.
  alarms_.acknowledge(ack.word("boot", boot, sizeof boot) && strcmp(boot, boot_) == 0, seq);
  return nullptr;
}

const char* Node::takeSiren(const Incoming& letter, Millis now) {
  if (!hasSiren_) return kForeign;
  FlatObject command;
  char state[4];
  if (!command.read(letter.text, letter.length) || !command.word("state", state, sizeof state)) return wordOf(Answer::Malformed);
  if (strcmp(state, "OFF") == 0) {
    siren_.command(Tone::None, now);
  } else if (strcmp(state, "ON") == 0) {
    char word[16];
    const Tone named = command.word("tone", word, sizeof word) ? toneOf(word) : Tone::None;
    uint32_t spanS = 0;
    const bool isSpan = command.number("duration", spanS) && spanS < kLongestLeaseS;
    // A tone that is not known here is danger all the same.
    siren_.command(named == Tone::None ? Tone::Steady : named, now, isSpan ? spanS * kSecond : UINT32_MAX);
  } else {
    return wordOf(Answer::Malformed);
  }
  obeyed();
  return nullptr;
}

void Node::show(Contact& contact, bool isOn, Millis now) {
  if (contact.isOn == isOn) return;
  contact.isOn = isOn;
  isNews_ = true;
  if (isOn) alarms_.add(contact.key, 1.0f, nextSeq(), now);
}

void Node::refuse(const char* word, Millis now) {
  refusal_ = word;
  refusedAt_ = now;
  ++refused_;
  isNews_ = true;
}

void Node::obeyed() {
  refusal_ = nullptr;
  isNews_ = true;
}

bool Node::keep() {
  uint8_t bytes[kSettingsSize];
  writeSettings(settings_, bytes);
  isFull_ = !board_.save(bytes, sizeof bytes);
  if (!isFull_) isDamaged_ = false;
  return !isFull_;
}

const char* Node::status(Millis now) {
  if (isDamaged_) return "settings_damaged";
  if (isFull_) return "settings_full";
  const char* const broken = fault();
  if (broken != nullptr) return broken;
  if (refusal_ != nullptr && elapsed(now, refusedAt_) >= kRefusalTold) refusal_ = nullptr;
  if (refusal_ != nullptr) return refusal_;
  if (!isConnected()) return kTroubles[static_cast<uint8_t>(mail_.trouble())];
  return hub_.isLost(now) ? "hub_lost" : "ok";
}

void Node::sound(const Call& call, Millis now) {
  const Tone entry = entry_.tone(now);
  Tone tone = call.tone < entry ? call.tone : entry;
  // A board that cannot do its work says so.
  if (tone == Tone::None && (hub_.isLost(now) || fault() != nullptr)) tone = Tone::Chirp;
  const bool was = siren_.isOn();
  siren_.want(tone, call.level != Level::Critical, now);
  board_.siren(siren_.output(now));
  if (siren_.isOn() != was) isNews_ = true;
  const bool isBeeping = entry_.isBeeping(now);
  board_.buzzer(this->isBeeping(now) || isBeeping);
}

}  // namespace homeward
