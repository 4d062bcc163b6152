#include "air_limits.h"

namespace homeward {

using Q = Quantity;
using L = Level;
using C = Crosses;

/**
 * Sources, as in the hub: OSHA 29 CFR 1910.134 and 1910.146 (oxygen 19.5 and 23.5 %; 10 % of the lower explosive limit), window of
 * EN 50194-1 (gas), NIOSH (CO2 40,000 ppm; H2S 10 ppm), EN 50291-1 (CO 300 ppm); 57 °C is the usual rating of a heat alarm.
 * CO under 300 ppm is judged by its dose (`CoDose`).
 */
const Limit kAirLimits[] = {
    {Q::Oxygen, L::Alarm, C::Below, 19.5f, 19.7f, 10 * kSecond, 1, 5 * kMinute, Tone::Gas},
    {Q::Oxygen, L::Critical, C::AtMost, 18.0f, 18.2f, 0, 2, 5 * kMinute, Tone::Gas},
    {Q::Oxygen, L::Alarm, C::Above, 23.5f, 23.3f, 30 * kSecond, 1, 5 * kMinute, Tone::Gas},
    {Q::Oxygen, L::Critical, C::AtLeast, 25.0f, 24.8f, 30 * kSecond, 1, 5 * kMinute, Tone::Gas},
    {Q::CarbonMonoxide, L::Critical, C::AtLeast, 300.0f, 25.0f, 0, 1, 5 * kMinute, Tone::Co},
    {Q::CarbonDioxide, L::Alarm, C::AtLeast, 10000.0f, 9000.0f, 5 * kMinute, 1, 10 * kMinute, Tone::Gas},
    {Q::CarbonDioxide, L::Critical, C::AtLeast, 40000.0f, 36000.0f, 0, 1, 10 * kMinute, Tone::Gas},
    {Q::Methane, L::Alarm, C::AtLeast, 10.0f, 3.0f, 10 * kSecond, 1, kMinute, Tone::Gas},
    {Q::Methane, L::Critical, C::AtLeast, 20.0f, 3.0f, 10 * kSecond, 1, kMinute, Tone::Gas},
    {Q::Lpg, L::Alarm, C::AtLeast, 10.0f, 3.0f, 10 * kSecond, 1, kMinute, Tone::Gas},
    {Q::Lpg, L::Critical, C::AtLeast, 20.0f, 3.0f, 10 * kSecond, 1, kMinute, Tone::Gas},
    {Q::HydrogenSulfide, L::Alarm, C::AtLeast, 10.0f, 9.0f, 30 * kSecond, 1, 5 * kMinute, Tone::Gas},
    {Q::HydrogenSulfide, L::Critical, C::AtLeast, 50.0f, 45.0f, 30 * kSecond, 1, 5 * kMinute, Tone::Gas},
    {Q::Temperature, L::Alarm, C::AtLeast, 57.0f, 54.0f, 10 * kSecond, 1, 5 * kMinute, Tone::Fire},
    {Q::Temperature, L::Critical, C::AtLeast, 70.0f, 67.0f, 10 * kSecond, 1, 5 * kMinute, Tone::Fire},
};

const uint8_t kAirLimitCount = sizeof kAirLimits / sizeof kAirLimits[0];

LimitSpan limitsOf(Quantity quantity) {
  LimitSpan span = {0, 0};
  for (uint8_t n = 0; n < kAirLimitCount; ++n) {
    if (kAirLimits[n].quantity != quantity) continue;
    if (span.count == 0) span.first = n;
    ++span.count;
  }
  return span;
}

}  // namespace homeward
