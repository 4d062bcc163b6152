#pragma once
#include <stdint.h>

#include "homeward/time.h"

namespace homeward {

/**
 * What a pair of wires to a contact tells. `Foreign`: a voltage that none of our resistors makes, so that somebody has put another
 * there; it counts as sabotage like `Shorted` and `Cut`.
 */
enum class LoopState : uint8_t { Closed, Open, Shorted, Cut, Foreign };

/**
 * A supervised loop: 10 kOhm from the supply, and at the far end 10 kOhm in row with the contact, which has 10 kOhm across it. Closed
 * it stands at 1/2 of the supply, open at 2/3; at 0 somebody bridged it, at all of it somebody cut it. A tamper switch alone, with
 * its one end-of-line resistor, is the same loop that knows no `Open`.
 */
class SupervisedLoop {
 public:
  /** A state must last so long. EN 50131-1 8.9.1: what lasts 400 ms must be processed. */
  static constexpr Millis kHold = 200;

  explicit SupervisedLoop(uint16_t supplyMv) : supplyMv_(supplyMv) {}

  /** @param mv at the board's end of the loop @returns the state that has lasted; `Closed` at the start */
  LoopState read(uint16_t mv, Millis now);

  /** What that voltage is, at once. */
  LoopState stateAt(uint16_t mv) const;

 private:
  uint16_t supplyMv_;
  LoopState raw_ = LoopState::Closed;
  LoopState stable_ = LoopState::Closed;
  Millis since_ = 0;
};

/** Whether somebody was at the wires. */
constexpr bool isSabotage(LoopState state) { return state >= LoopState::Shorted; }

}  // namespace homeward
