#pragma once
#include <stdint.h>

namespace homeward {

/** What a sensor of a board measures. Words on the wire: `wordOf`. Units as the hub has them. */
enum class Quantity : uint8_t {
  Oxygen,           ///< % vol
  CarbonMonoxide,   ///< ppm
  CarbonDioxide,    ///< ppm
  Methane,          ///< % of the lower explosive limit
  Lpg,              ///< % of the lower explosive limit
  HydrogenSulfide,  ///< ppm
  Temperature,      ///< °C
};

constexpr uint8_t kQuantities = 7;

/** The hub's word for it: `oxygen`, `lel_methane` … */
const char* wordOf(Quantity quantity);

/** What air can have of it; anything else is a broken sensor. Same figures as the hub's. */
struct Range {
  float low;
  float high;
};
Range rangeOf(Quantity quantity);

/** Whether a value can be true at all. Not-a-number cannot. */
bool isPlausible(Quantity quantity, float value);

}  // namespace homeward
