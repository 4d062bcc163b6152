#include <string.h>

#include "node.h"

namespace homeward {
namespace {

/** States follow each other no faster. Ours: five a second are no flood. */
constexpr Millis kBetweenStates = kSecond / 5;

/** While there is danger a state is told so often. Source: safety.md CO-2: a sample in 10 s at the latest. */
constexpr Millis kInDanger = 5 * kSecond;

void seal(Outgoing& letter, Leaf leaf, const JsonWriter& json) {
  letter.leaf = leaf;
  letter.length = static_cast<uint16_t>(json.length());
}

}  // namespace

void Node::speak(const Call& call, Millis now) {
  const char* const word = status(now);
  if (strcmp(word, told_) != 0) isNews_ = true;
  if (!isConnected() || !greet()) return;
  Outgoing* letter = mail_.place();
  for (const OpenAlarm* alarm = nullptr; letter != nullptr; letter = mail_.place()) {
    alarm = alarms_.due(now);
    if (alarm == nullptr) break;
    sayAlarm(*letter, *alarm);
  }
  const Millis since = elapsed(now, toldAt_);
  const Millis every = call.level == Level::None ? settings_.reportS * kSecond : kInDanger;
  const bool isDue = isNews_ ? since >= kBetweenStates : since >= every;
  if (letter == nullptr || !isDue) return;
  told_ = word;
  sayState(*letter, now);
}

/** @returns whether the board has said who it is; an announcement stands before everything that it explains */
bool Node::greet() {
  while (toGreet_ > 0) {
    Outgoing* const letter = mail_.place();
    if (letter == nullptr) return false;
    const bool isFirst = toGreet_ == 2;
    letter->leaf = isFirst ? Leaf::Announcement : Leaf::Availability;
    letter->length = 0;
    if (!isFirst) letter->length = static_cast<uint16_t>(strlen(strcpy(letter->text, "online")));
    mail_.say();
    --toGreet_;
    isNews_ = true;
  }
  return true;
}

void Node::stamp(JsonWriter& json, uint32_t seq, Millis at) const {
  json.open().word("boot", boot_).number("seq", seq).number("upMs", elapsed(at, bootAt_));
}

void Node::sayAlarm(Outgoing& letter, const OpenAlarm& alarm) {
  JsonWriter json(letter.text, sizeof letter.text);
  stamp(json, alarm.seq, alarm.at);
  json.word("entity", alarm.entity).word("value", "ON").close();
  seal(letter, Leaf::Alarm, json);
  mail_.say();
}

void Node::sayState(Outgoing& letter, Millis now) {
  JsonWriter json(letter.text, sizeof letter.text);
  stamp(json, nextSeq(), now);
  tell(json);
  json.word(case_.key, case_.isOn ? "ON" : "OFF");
  if (hasSiren_) json.word("siren", siren_.isOn() ? "ON" : "OFF");
  json.word("status", told_).number("refused", refused_).close();
  seal(letter, Leaf::State, json);
  mail_.say();
  toldAt_ = now;
  isNews_ = false;
}

}  // namespace homeward
