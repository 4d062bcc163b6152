#pragma once
#include "limit.h"

namespace homeward {

/** Limits that call the board's own siren, by quantity, milder first. Same figures as the hub's, checked by its tests. */
extern const Limit kAirLimits[];
extern const uint8_t kAirLimitCount;

/** The most limits that one quantity has. */
constexpr uint8_t kLimitsPerQuantity = 4;

/** The limits of one quantity: the index of the first one, and how many follow. */
struct LimitSpan {
  uint8_t first;
  uint8_t count;
};
LimitSpan limitsOf(Quantity quantity);

}  // namespace homeward
