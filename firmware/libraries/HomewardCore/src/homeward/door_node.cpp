#include "door_node.h"

#include <string.h>

namespace homeward {
namespace {

/** A key that was taken, and what was not, by ear. Ours. */
constexpr Millis kClick = 40;
constexpr Millis kRefused = 600;

CommandGuard guardFor(const PinSeal& seal, uint32_t counter) {
  return CommandGuard(seal.hmac, seal.key, seal.keyLength, seal.door, counter);
}

}  // namespace

DoorNode::DoorNode(Board& board, const DoorNodeParts& parts)
    : Node(board, parts.identity, parts.hasSiren),
      parts_(parts),
      door_(parts.door, parts.pulse),
      guard_(guardFor(parts.seal, 0)),
      inputs_{Debounce(kBounce), Debounce(kBounce), Debounce(kBounce)} {}

void DoorNode::start(Millis) {
  guard_ = guardFor(parts_.seal, settings_.counter);
  add({"lock", Platform::Lock, "Lock", nullptr, nullptr, nullptr, 0, false});
  add({leaf_.key, Platform::BinarySensor, "Door", "door", nullptr, nullptr, 0, false});
  if (parts_.door.hasExit) add({forced_.key, Platform::BinarySensor, "Forced open", "safety", nullptr, nullptr, 0, false});
  add({held_.key, Platform::BinarySensor, "Held open", "problem", nullptr, nullptr, 0, false});
  if (parts_.door.hasBolt) add({jammed_.key, Platform::BinarySensor, "Jammed", "problem", nullptr, nullptr, 0, false});
}

Call DoorNode::judge(Millis now) {
  const bool isOpen = inputs_[0].settle(now);
  const bool isHome = inputs_[1].settle(now);
  door_.see(isOpen, isHome, inputs_[2].settle(now), now);
  board_.strike(door_.isStrikeOpen());
  show(leaf_, door_.isOpen(), now);
  show(forced_, door_.isForced(), now);
  show(held_, door_.isHeld(), now);
  show(jammed_, door_.lockState() == LockState::Jammed, now);
  const bool isUnlocked = door_.lockState() == LockState::Unlocked;
  if (isUnlocked != isUnlocked_) changed();
  isUnlocked_ = isUnlocked;
  keypad_.forget(now);
  return {Level::None, Tone::None};
}

const char* DoorNode::obey(const Incoming& letter, Millis now) {
  switch (letter.inlet) {
    case Inlet::NonceAsked:
      return handOutNonce(now);
    case Inlet::Command:
      return obeySigned(letter, now);
    case Inlet::Lock:
      break;
    default:
      return kForeign;
  }
  // Whoever may speak to the board may lock; nobody unlocks without a signature.
  if (letter.length != 4 || memcmp(letter.text, "LOCK", 4) != 0) return "unsigned";
  door_.lock();
  obeyed();
  return nullptr;
}

const char* DoorNode::handOutNonce(Millis now) {
  Outgoing* const answer = mail().place();
  if (answer == nullptr) return "busy";
  uint8_t chance[16];
  board_.random(chance, sizeof chance);
  JsonWriter json(answer->text, sizeof answer->text);
  json.open().word("door", parts_.seal.door).word("nonce", guard_.issue(chance, now)).close();
  answer->leaf = Leaf::Nonce;
  answer->length = static_cast<uint16_t>(json.length());
  mail().say();
  return nullptr;
}

const char* DoorNode::obeySigned(const Incoming& letter, Millis now) {
  if (isDamaged()) return "unpaired";
  char cmd[CommandGuard::kWordSize];
  const Answer answer = guard_.judge(letter.text, letter.length, letter.isRetained, now, cmd);
  if (answer != Answer::Obeyed) return wordOf(answer);
  // Kept before anything is done: over a restart no command is obeyed twice.
  settings_.counter = guard_.counter();
  if (!keep()) return "settings_full";
  if (strcmp(cmd, "unlock") == 0) {
    door_.unlock(now);
  } else if (strcmp(cmd, "lock") == 0) {
    door_.lock();
  } else {
    return "unknown_command";
  }
  obeyed();
  return nullptr;
}

void DoorNode::key(char key, Millis now) {
  if (!parts_.hasKeypad) return;
  const KeyEvent event = keypad_.press(key, now);
  if (event == KeyEvent::None) return;
  const bool isLost = event == KeyEvent::TooLong || (event == KeyEvent::Entered && !sendPin());
  if (isLost) refuse("pin_not_sent", now);
  beep(isLost ? kRefused : kClick, now);
}

/** @returns false: nobody is there to hear it, and it is forgotten; a PIN waits for nobody */
bool DoorNode::sendPin() {
  char pin[Keypad::kMost + 1];
  keypad_.take(pin);
  uint8_t chance[16];
  board_.random(chance, sizeof chance);
  Outgoing* const letter = mail().place();
  char nowhere[1];
  const bool isHeard = isConnected() && letter != nullptr;
  JsonWriter json(isHeard ? letter->text : nowhere, isHeard ? sizeof letter->text : 0);
  json.open();
  // Sealed whether or not it is sent: so it is wiped.
  if (!writePin(json, parts_.seal, chance, pin) || !isHeard) return false;
  json.close();
  letter->leaf = Leaf::Keypad;
  letter->length = static_cast<uint16_t>(json.length());
  mail().say();
  return true;
}

void DoorNode::beep(Millis span, Millis now) {
  beepFrom_ = now;
  beepFor_ = span;
}

bool DoorNode::isBeeping(Millis now) {
  if (elapsed(now, beepFrom_) >= beepFor_) beepFor_ = 0;
  return beepFor_ > 0;
}

void DoorNode::tell(JsonWriter& json) const {
  json.word("lock", wordOf(door_.lockState())).word(leaf_.key, leaf_.isOn ? "ON" : "OFF");
  if (parts_.door.hasExit) json.word(forced_.key, forced_.isOn ? "ON" : "OFF");
  json.word(held_.key, held_.isOn ? "ON" : "OFF");
  if (parts_.door.hasBolt) json.word(jammed_.key, jammed_.isOn ? "ON" : "OFF");
}


}  // namespace homeward
