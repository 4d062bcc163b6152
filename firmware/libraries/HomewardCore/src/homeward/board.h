#pragma once
#include <stddef.h>
#include <stdint.h>

#include "tone.h"

namespace homeward {

/**
 * What hangs on the pins of a board, and its flash. Called by the safety task alone; nothing here may wait for a network. A board without
 * one of these things does nothing when it is asked for it.
 */
class Board {
 public:
  /** What comes out of the siren from now on; said at every turn. */
  virtual void siren(Output output) = 0;
  /** The small sounder of keys and countdowns; said at every turn. */
  virtual void buzzer(bool on) = 0;
  /** The relay of a fan; said at every turn. */
  virtual void fan(bool on) = 0;
  /** The strike of a door, held open or let go; said at every turn. */
  virtual void strike(bool open) = 0;
  /** Real chance, not a counter: boot ids and nonces are made of it. */
  virtual void random(uint8_t* out, size_t count) = 0;
  /** Reads what was kept. @returns how many bytes; 0: nothing was ever kept; more than `room`: damaged */
  virtual size_t load(uint8_t* out, size_t room) = 0;
  /** Keeps it over a power cut, whole or not at all. @returns false: it could not be kept; what was kept before still is */
  virtual bool save(const uint8_t* bytes, size_t count) = 0;

 protected:
  ~Board() = default;
};

}  // namespace homeward
