#include <doctest/doctest.h>

#include <cmath>

#include "HomewardCore.h"
#include "contract.h"

using namespace homeward;

namespace {

const char* wordOf(Level level) { return level == Level::Alarm ? "alarm" : "critical"; }

const char* wordOf(Crosses crosses) {
  switch (crosses) {
    case Crosses::Below: return "below";
    case Crosses::AtMost: return "atMost";
    case Crosses::Above: return "above";
    default: return "atLeast";
  }
}

const Limit& limitOf(Quantity quantity, uint8_t nth) { return kAirLimits[limitsOf(quantity).first + nth]; }

const Limit& kLow = limitOf(Quantity::Oxygen, 0);
const Limit& kVeryLow = limitOf(Quantity::Oxygen, 1);
const Limit& kHigh = limitOf(Quantity::Oxygen, 2);
const Limit& kCo300 = limitOf(Quantity::CarbonMonoxide, 0);

}  // namespace

TEST_CASE("AIR-1 the limits are those of the contract, all of them") {
  const std::vector<Row> rows = readContract("limits.csv");
  REQUIRE(rows.size() == kAirLimitCount);
  for (uint8_t n = 0; n < kAirLimitCount; ++n) {
    const Limit& limit = kAirLimits[n];
    Row row = rows.at(n);
    CAPTURE(n);
    CHECK(row["quantity"] == homeward::wordOf(limit.quantity));
    CHECK(row["level"] == wordOf(limit.level));
    CHECK(row["crosses"] == wordOf(limit.crosses));
    CHECK(std::stof(row["limit"]) == limit.limit);
    CHECK(std::stof(row["clear_at"]) == limit.clearAt);
    CHECK(std::stoul(row["on_delay_ms"]) == limit.onDelay);
    CHECK(std::stoul(row["confirm_readings"]) == limit.confirmReadings);
    CHECK(std::stoul(row["off_delay_ms"]) == limit.offDelay);
    CHECK(row["tone"] == homeward::wordOf(limit.tone));
  }
}

TEST_CASE("every quantity has its limits together, and no more than there is room for") {
  for (uint8_t n = 0; n < kQuantities; ++n) {
    const Quantity quantity = static_cast<Quantity>(n);
    const LimitSpan span = limitsOf(quantity);
    CHECK(span.count > 0);
    CHECK(span.count <= kLimitsPerQuantity);
    for (uint8_t k = 0; k < span.count; ++k) CHECK(kAirLimits[span.first + k].quantity == quantity);
  }
}

TEST_CASE("a limit is crossed and clear as its word says") {
  CHECK(crosses(kLow, 19.49f));
  CHECK_FALSE(crosses(kLow, 19.5f));
  CHECK(isClear(kLow, 19.7f));
  CHECK_FALSE(isClear(kLow, 19.69f));
  CHECK(crosses(kVeryLow, 18.0f));
  CHECK_FALSE(crosses(kVeryLow, 18.01f));
  CHECK(isClear(kVeryLow, 18.21f));
  CHECK_FALSE(isClear(kVeryLow, 18.2f));
  CHECK(crosses(kHigh, 23.51f));
  CHECK_FALSE(crosses(kHigh, 23.5f));
  CHECK(isClear(kHigh, 23.3f));
  CHECK_FALSE(isClear(kHigh, 23.31f));
  CHECK(crosses(kCo300, 300.0f));
  CHECK_FALSE(crosses(kCo300, 299.9f));
  CHECK(isClear(kCo300, 24.9f));
  CHECK_FALSE(isClear(kCo300, 25.0f));
}

TEST_CASE("AIR-3 not-a-number is neither crossed nor clear") {
  for (uint8_t n = 0; n < kAirLimitCount; ++n) {
    CHECK_FALSE(crosses(kAirLimits[n], NAN));
    CHECK_FALSE(isClear(kAirLimits[n], NAN));
  }
}

TEST_CASE("19.4 % oxygen alarms after 10 s, at the very millisecond") {
  LimitWatch watch;
  CHECK_FALSE(watch.read(kLow, 19.4f, 1000));
  CHECK_FALSE(watch.read(kLow, 19.4f, 10999));
  CHECK(watch.read(kLow, 19.4f, 11000));
}

TEST_CASE("one good reading begins the delay anew") {
  LimitWatch watch;
  watch.read(kLow, 19.4f, 0);
  watch.read(kLow, 19.5f, 5000);
  CHECK_FALSE(watch.read(kLow, 19.4f, 10000));
  CHECK_FALSE(watch.read(kLow, 19.4f, 19999));
  CHECK(watch.read(kLow, 19.4f, 20000));
}

TEST_CASE("a sensor that falls silent in bad air alarms all the same") {
  LimitWatch watch;
  watch.read(kLow, 19.0f, 0);
  CHECK_FALSE(watch.miss(kLow, 9999));
  CHECK(watch.miss(kLow, 10000));
  CHECK(watch.miss(kLow, 10 * kMinute));
}

TEST_CASE("silence alone never alarms") {
  LimitWatch watch;
  for (Millis now = 0; now < 10 * kMinute; now += kSecond) CHECK_FALSE(watch.miss(kLow, now));
}

TEST_CASE("18 % oxygen needs a second reading, and silence is none") {
  LimitWatch watch;
  CHECK_FALSE(watch.read(kVeryLow, 17.9f, 0));
  CHECK_FALSE(watch.miss(kVeryLow, kMinute));
  CHECK(watch.read(kVeryLow, 17.9f, kMinute + 1));
}

TEST_CASE("an alarm ends after its off-delay of clear air, not of silence") {
  LimitWatch watch;
  REQUIRE(watch.read(kCo300, 350.0f, 0));
  CHECK(watch.read(kCo300, 100.0f, kSecond));
  CHECK(watch.read(kCo300, 10.0f, 2 * kSecond));
  CHECK(watch.miss(kCo300, 3 * kSecond));
  CHECK(watch.read(kCo300, 10.0f, 4 * kSecond));
  CHECK(watch.read(kCo300, 10.0f, 4 * kSecond + 5 * kMinute - 1));
  CHECK_FALSE(watch.read(kCo300, 10.0f, 4 * kSecond + 5 * kMinute));
  CHECK_FALSE(watch.isCrossed());
}

TEST_CASE("the delay is right over the wrap of the clock") {
  LimitWatch watch;
  const Millis late = UINT32_MAX - 4999;
  watch.read(kLow, 19.0f, late);
  CHECK_FALSE(watch.read(kLow, 19.0f, 4999));
  CHECK(watch.read(kLow, 19.0f, 5000));
}

TEST_CASE("readings are counted without end") {
  Limit limit = kVeryLow;
  limit.confirmReadings = 255;
  LimitWatch watch;
  for (int n = 0; n < 254; ++n) CHECK_FALSE(watch.read(limit, 17.0f, 0));
  CHECK(watch.read(limit, 17.0f, 0));
  Limit slow = kLow;
  LimitWatch other;
  for (Millis now = 0; now < 10000; now += 10) CHECK_FALSE(other.read(slow, 19.0f, now));
  CHECK(other.read(slow, 19.0f, 10000));
}
