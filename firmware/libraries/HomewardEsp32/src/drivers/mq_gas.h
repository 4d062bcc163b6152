#pragma once
#include <stdint.h>

#include "homeward/time.h"

namespace homeward {

/** What a heated sensor of the MQ series hints at. It is never a concentration. */
enum class GasHint : uint8_t { Unknown, Clean, Some, Much };

/** How one of them is wired. */
struct MqWiring {
  /** What feeds heater and cell, mV: 5 000 on the usual breakout. */
  uint16_t supplyMv;
  /** The resistor from the cell to ground, ohm. 1 000 on many breakouts: measure it. */
  uint16_t loadOhm;
};

/**
 * Indicative only. An MQ sensor drifts, answers to alcohol, frying and damp, and an MQ-7 on a breakout that feeds 5 V all the time
 * cannot measure carbon monoxide at all (it wants 60 s of 5 V and 90 s of 1.4 V). So it gives a hint and not a value in ppm: there
 * is nothing here that a limit or a dose could be held against, and no siren sounds by it. Source: firmware.md §5.
 */
class MqGas {
 public:
  /** Each boot; a new one besides wants 24 to 48 h of its first heat. */
  static constexpr Millis kWarmup = 3 * kMinute;
  /** Below this share of its resistance in clean air there is some … */
  static constexpr float kSome = 0.6f;
  /** … or much gas. Ours: halfway down the curves of the data sheets, which go from 1 to 0.1. */
  static constexpr float kMuch = 0.3f;

  /** @param cleanOhm its resistance in clean air, as it was measured at set-up; 0: never, so that it hints at nothing */
  MqGas(const MqWiring& wiring, uint32_t cleanOhm, Millis now) : wiring_(wiring), cleanOhm_(cleanOhm), bootAt_(now) {}

  /** @param mv at the load resistor @returns ohm; 0: no such voltage is possible */
  uint32_t resistance(uint16_t mv) const;

  GasHint read(uint16_t mv, Millis now);

 private:
  MqWiring wiring_;
  uint32_t cleanOhm_;
  Millis bootAt_;
  bool isWarm_ = false;
};

}  // namespace homeward
