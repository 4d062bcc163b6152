#pragma once
#include <stddef.h>
#include <stdint.h>

#include "homeward/time.h"

namespace homeward {

/**
 * Safe mode: after three quick resets a board is an alarm and nothing else. Its network stays off, first for ten minutes, then twice as
 * long with each further one, at most a day; sensors, limits and siren work as ever. A start counts as quick when the network had not
 * run for a minute. Source: firmware.md §5 (5); the spans are ours.
 */
class SafeMode {
 public:
  static constexpr uint8_t kQuick = 3;
  static constexpr Millis kGoodAfter = kMinute;
  static constexpr Millis kFirst = 10 * kMinute;
  static constexpr Millis kLongest = 24 * 60 * kMinute;

  /** Bytes of the stored form. */
  static constexpr size_t kSize = 5;

  /**
   * @param kept as `write` wrote it at the last start; whatever is damaged, or was never there, counts as no quick start
   * @param wasMeant this start was asked for: an update, a new identity, somebody's button
   */
  SafeMode(const uint8_t* kept, size_t count, bool wasMeant, Millis now);

  /** What is to be kept at once after the start, before anything can go wrong, and again whenever `turn` says so. */
  void write(uint8_t out[kSize]) const;

  /** @returns whether `write` is to be kept anew */
  bool turn(Millis now);

  /** Whether the network may run. Once it may, it may until the next start. */
  bool mayNetwork(Millis now);

  bool isSafe() const { return !mayNetwork_; }
  /** Starts in a row, this one too, none of which lasted a good minute. */
  uint8_t quickStarts() const { return starts_; }

 private:
  Millis span() const;

  uint8_t starts_ = 0;
  bool mayNetwork_ = false;
  Millis since_;
};

}  // namespace homeward
