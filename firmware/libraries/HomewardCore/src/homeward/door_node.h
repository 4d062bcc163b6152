#pragma once
#include "command_guard.h"
#include "door.h"
#include "keypad.h"
#include "node.h"
#include "pin_envelope.h"

namespace homeward {

/** What a door node is made of. */
struct DoorNodeParts {
  Identity identity;
  DoorParts door;
  /** How long the strike opens, ms; at most `LockPulse::kCeiling`. */
  Millis pulse;
  bool hasSiren;
  bool hasKeypad;
  /** The door's name and the key shared with the hub at pairing; they stay where they are. */
  PinSeal seal;
};

/** The contacts of a door, as they come from the pins. */
enum class DoorContact : uint8_t { Leaf, Bolt, Leaving };

/**
 * A door: opens on a signed word of the hub alone, locks by itself, tells how it stands, and hands PINs on that it neither knows nor keeps.
 * With a counter that was lost it opens for nobody: it must be paired anew.
 */
class DoorNode final : public Node {
 public:
  /** Default of `Debounce`. */
  static constexpr Millis kBounce = 50;

  DoorNode(Board& board, const DoorNodeParts& parts);

  /** A contact is so now: the leaf is open, the bolt is home, somebody inside uses the handle; may bounce. */
  void contact(DoorContact which, bool isOn, Millis now) { inputs_[static_cast<uint8_t>(which)].read(isOn, now); }

  /** A key of the keypad. */
  void key(char key, Millis now);

  const Door& door() const { return door_; }

 private:
  void start(Millis now) override;
  Call judge(Millis now) override;
  const char* obey(const Incoming& letter, Millis now) override;
  void tell(JsonWriter& json) const override;
  const char* fault() const override { return nullptr; }
  bool isBeeping(Millis now) override;
  const char* handOutNonce(Millis now);
  const char* obeySigned(const Incoming& letter, Millis now);
  bool sendPin();
  void beep(Millis span, Millis now);

  DoorNodeParts parts_;
  Door door_;
  CommandGuard guard_;
  Keypad keypad_;
  Debounce inputs_[3];
  Contact leaf_ = {"door", false};
  Contact forced_ = {"forced", false};
  Contact held_ = {"held", false};
  Contact jammed_ = {"jammed", false};
  bool isUnlocked_ = false;
  Millis beepFrom_ = 0;
  Millis beepFor_ = 0;
};

}  // namespace homeward
