#pragma once
#include "homeward/time.h"

namespace homeward {

/** What a board can tell of itself when it runs a new image for the first time. */
struct SelfTest {
  /** Every sensor that this board is wired for has given a value that can be believed, or warms up as it may. */
  bool areSensorsServed;
  /** The safety task has set its outputs in its last turns. */
  bool areOutputsServed;
  /** Its settings and its identity could be read. */
  bool areSettingsRead;
  /** The broker has said welcome at least once since the start. */
  bool isWelcomed;
  /** Something sounds or would: a restart now would silence it. */
  bool isInAlarm;
};

/** What is to be done with the new image. */
enum class Fate : uint8_t { Wait, Keep, RollBack };

/**
 * Whether a new image stays. It must have looked after sensors and outputs for a minute; when it cannot for five, the old one comes
 * back. The broker never sends it back: a gas alarm is no worse because a router is off. But an image that was not welcomed yet is kept
 * only after ten minutes, so that one which cannot reach the hub at all is still on trial when somebody pulls its plug (an image on
 * trial does not survive a restart). Source: firmware.md §3; the spans are ours.
 */
class UpdateTrial {
 public:
  static constexpr Millis kHolds = kMinute;
  static constexpr Millis kHoldsUnheard = 10 * kMinute;
  static constexpr Millis kFailsAfter = 5 * kMinute;

  explicit UpdateTrial(Millis now) : sinceGood_(now), sinceBad_(now) {}

  /** To be asked at every turn while the image is on trial. */
  Fate judge(const SelfTest& test, Millis now);

 private:
  Millis sinceGood_;
  Millis sinceBad_;
};

}  // namespace homeward
