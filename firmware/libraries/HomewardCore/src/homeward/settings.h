#pragma once
#include <stddef.h>

#include "co_dose.h"

namespace homeward {

/** What a board keeps over a restart. In flash with a checksum; what is out of bounds or damaged is the default. */
struct Settings {
  /** Whose alarm windows of carbon monoxide hold. Default: EN 50291-1. */
  CoStandard standard = CoStandard::En;
  /** A state is told at least so often, s, 5..3600. Default 30: two of them are missed before the hub counts a board as suspect. */
  uint16_t reportS = 30;
  /** Carbon monoxide that was breathed, billionths of a full dose. */
  uint32_t doseShare = 0;
  /** It had been full, and the air not clear since. */
  bool doseWasFull = false;
  /** The highest counter of a command that was obeyed. */
  uint32_t counter = 0;
};

/** Bytes of the stored form: version, fields, CRC-32, little-endian. */
constexpr size_t kSettingsSize = 17;

void writeSettings(const Settings& settings, uint8_t out[kSettingsSize]);

/**
 * @returns false: damaged, of another version or length, or out of bounds; `settings` are then the defaults. A counter that is lost so
 * would let old commands pass: who reads this must take the board as unpaired then.
 */
bool readSettings(const uint8_t* bytes, size_t count, Settings& settings);

/** Tells when it is worth writing: flash has few writes to spend. Source: safety.md CO-1: every 60 s and on a change over 0.05. */
class DoseKeeper {
 public:
  /** @returns whether the dose is to be written now */
  bool isDue(const CoDose& dose, Millis now);

 private:
  static constexpr Millis kEvery = kMinute;
  static constexpr uint32_t kStep = CoDose::kFull / 20;

  uint32_t kept_ = 0;
  bool keptFull_ = false;
  Millis keptAt_ = 0;
};

}  // namespace homeward
