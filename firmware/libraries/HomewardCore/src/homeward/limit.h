#pragma once
#include "quantity.h"
#include "time.h"
#include "tone.h"

namespace homeward {

/** When a value crosses: `Below` and `Above` leave the limit itself out, `AtMost` and `AtLeast` take it in. */
enum class Crosses : uint8_t { Below, AtMost, Above, AtLeast };

/** How bad it is. Only what calls a siren is judged on the board; the hub judges the rest. */
enum class Level : uint8_t { None, Alarm, Critical };

/** One limit of the air. Same figures as the hub's: `firmware/contract/limits.csv`. */
struct Limit {
  Quantity quantity;
  Level level;
  Crosses crosses;
  /** In the unit of the quantity. */
  float limit;
  /** A value counts as clear from here on, on the safe side. */
  float clearAt;
  /** The limit must be crossed for this long, … */
  Millis onDelay;
  /** … and by so many readings in a row. */
  uint8_t confirmReadings;
  /** Must be clear for this long. Silence does not count as clear. */
  Millis offDelay;
  /** What the siren of the board sounds. */
  Tone tone;
};

/** Whether the value lies on the dangerous side. Not-a-number lies on neither. */
bool crosses(const Limit& limit, float value);

/** Whether the value lies on the safe side, beyond the hysteresis. Not-a-number does not. */
bool isClear(const Limit& limit, float value);

/** Whether a limit is crossed, with its delays. Begins as not crossed. */
class LimitWatch {
 public:
  /**
   * Takes a reading in.
   * @param value in the unit of the limit, believed
   * @param now of the board's clock; readings come in its order
   * @returns whether the limit counts as crossed
   */
  bool read(const Limit& limit, float value, Millis now);

  /**
   * No reading that can be believed: what was crossed stays crossed and goes on counting towards the alarm; what was
   * clear must be clear anew.
   */
  bool miss(const Limit& limit, Millis now);

  bool isCrossed() const { return crossed_; }

 private:
  bool settle(const Limit& limit, Millis now);

  bool crossed_ = false;
  /** A span of crossing or of clear air runs since `since_`. */
  bool running_ = false;
  uint8_t readings_ = 0;
  Millis since_ = 0;
};

}  // namespace homeward
