#pragma once
#include "drivers/supervised_loop.h"
#include "drivers/wiegand.h"
#include "homeward/door_node.h"
#include "homeward/ring.h"
#include "input_pin.h"
#include "key_pins.h"
#include "safety_task.h"

namespace homeward {

/** The pins of a door; -1: it has none. */
struct DoorPins {
  /** A supervised loop to the contact of the leaf, on an analog pin: see the wiring page. */
  int8_t leafLoop;
  int8_t bolt;
  int8_t leaving;
  /** A Wiegand reader outside, or … */
  int8_t d0;
  int8_t d1;
  /** … a plain keypad. */
  KeyPads keys;
  int8_t tamper;
  int8_t hush;
};

/** Contacts and keys of a door. Cards are read and not sent: whoever sees one can copy it, so it opens nothing. */
class DoorInputs final : public Inputs {
 public:
  DoorInputs(DoorNode& node, const DoorPins& pins);
  /** @returns false: the reader's pins cannot be listened to */
  bool begin();
  void serve(Millis now) override;
  bool areAllHeard(Millis) const override { return isLoopSane_; }

 private:
  struct Bit {
    bool one;
    Millis at;
  };

  static void hearZero(void* inputs);
  static void hearOne(void* inputs);
  void hear(bool one);
  bool listen(int8_t pin, void (*to)(void*));
  void serveReader(Millis now);

  DoorNode& node_;
  DoorPins pins_;
  InputPin bolt_;
  InputPin leaving_;
  CasePins case_;
  KeyPins keys_;
  SupervisedLoop loop_;
  Wiegand reader_;
  /** From the interrupts of both lines, which run one at a time on one core, to the safety task. */
  Ring<Bit, 64> bits_;
  bool isLoopSane_ = true;
};

}  // namespace homeward
