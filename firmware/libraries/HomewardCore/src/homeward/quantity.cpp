#include "quantity.h"

namespace homeward {
namespace {

struct Row {
  const char* word;
  Range range;
};

/** In the order of `Quantity`. Source: safety.md §3.2 for oxygen and temperature; else the widest that sensors for homes tell. */
constexpr Row kRows[kQuantities] = {
    {"oxygen", {0.0f, 30.0f}},           {"carbon_monoxide", {0.0f, 10000.0f}},
    {"carbon_dioxide", {0.0f, 100000.0f}}, {"lel_methane", {0.0f, 100.0f}},
    {"lel_lpg", {0.0f, 100.0f}},         {"hydrogen_sulfide", {0.0f, 2000.0f}},
    {"temperature", {-40.0f, 85.0f}},
};

const Row& rowOf(Quantity quantity) { return kRows[static_cast<uint8_t>(quantity)]; }

}  // namespace

const char* wordOf(Quantity quantity) { return rowOf(quantity).word; }

Range rangeOf(Quantity quantity) { return rowOf(quantity).range; }

bool isPlausible(Quantity quantity, float value) {
  const Range range = rangeOf(quantity);
  // Both comparisons are false for not-a-number.
  return value >= range.low && value <= range.high;
}

}  // namespace homeward
