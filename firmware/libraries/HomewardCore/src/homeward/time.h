#pragma once
#include <stdint.h>

namespace homeward {

/** Milliseconds of the board's own clock. It wraps after 49.7 days: only differences mean anything. */
using Millis = uint32_t;

constexpr Millis kSecond = 1000;
constexpr Millis kMinute = 60 * kSecond;

/** What went by since then, ms; right over one wrap, for spans under 49.7 days. */
constexpr Millis elapsed(Millis now, Millis since) { return now - since; }

}  // namespace homeward
