#include <doctest/doctest.h>

#include <cmath>

#include "HomewardCore.h"
#include "contract.h"

using namespace homeward;

namespace {

CoStandard standardOf(const Row& row) { return row.at("standard") == "en" ? CoStandard::En : CoStandard::Us; }

constexpr Millis kDay = 24 * 60 * kMinute;

/** Seconds until a fresh dose is full in that air, in steps of that length; 0: not within so many seconds. */
uint32_t secondsToFull(float ppm, CoStandard standard, uint32_t stepS, uint32_t limitS, bool restarts) {
  CoDose dose;
  dose.follow(standard);
  for (uint32_t at = stepS; at <= limitS; at += stepS) {
    if (dose.breathe(ppm, stepS * kSecond)) return at;
    if (restarts && at % 60 == 0) {
      dose = CoDose(dose.share(), dose.isFull());
      dose.follow(standard);
    }
  }
  return 0;
}

}  // namespace

TEST_CASE("CO-1 each concentration fills the dose in the time of the contract") {
  for (const Row& row : readContract("co-windows.csv")) {
    const float ppm = std::stof(row.at("ppm"));
    CAPTURE(ppm);
    const Millis fills = fillsIn(ppm, standardOf(row));
    if (row.at("fills_s").empty()) {
      CHECK(fills == 0);
      continue;
    }
    const double due = std::stod(row.at("fills_s"));
    CHECK(std::fabs(fills / 1000.0 - due) <= 1.0 + due * 1e-4);
  }
}

TEST_CASE("CO-1 the windows of both standards are hit with 1 s and 10 s samples, and over restarts") {
  int seen = 0;
  for (const Row& row : readContract("co-windows.csv")) {
    if (row.at("not_before_s").empty()) continue;
    const float ppm = std::stof(row.at("ppm"));
    const uint32_t notBefore = static_cast<uint32_t>(std::stoul(row.at("not_before_s")));
    const bool ends = !row.at("not_after_s").empty();
    const uint32_t notAfter = ends ? static_cast<uint32_t>(std::stoul(row.at("not_after_s"))) : 3 * notBefore;
    for (const uint32_t step : {1u, 10u}) {
      for (const bool restarts : {false, true}) {
        CAPTURE(ppm);
        CAPTURE(step);
        const uint32_t at = secondsToFull(ppm, standardOf(row), step, std::min(notAfter, kDay / kSecond * 3), restarts);
        if (ends) {
          CHECK(at >= notBefore);
          CHECK(at > 0);
          CHECK(at <= notAfter);
        } else {
          CHECK(at == 0);
        }
        ++seen;
      }
    }
  }
  CHECK(seen == 32);
}

TEST_CASE("CO-1 a dose falls to 1/e in 30 minutes of clean air") {
  CoDose dose(CoDose::kFull / 2);
  dose.breathe(0.0f, 30 * kMinute);
  CHECK(dose.share() == doctest::Approx(CoDose::kFull / 2 / std::exp(1.0)).epsilon(1e-5));
  CoDose slow(CoDose::kFull / 2);
  for (int n = 0; n < 1800; ++n) slow.breathe(0.0f, kSecond);
  CHECK(slow.share() == doctest::Approx(CoDose::kFull / 2 / std::exp(1.0)).epsilon(1e-3));
}

TEST_CASE("CO-1 little of a dose is none") {
  CoDose dose(CoDose::kFull / 100 + 1);
  dose.breathe(0.0f, kMinute);
  CHECK(dose.share() == 0);
  dose.breathe(0.0f, kMinute);
  CHECK(dose.share() == 0);
}

TEST_CASE("a full dose stays full until the air has been clear for 5 minutes") {
  CoDose dose;
  REQUIRE(dose.breathe(300.0f, 75 * kSecond));
  CHECK(dose.breathe(25.0f, 10 * kMinute));
  CHECK(dose.breathe(24.9f, 5 * kMinute - kSecond));
  CHECK(dose.breathe(30.0f, 1));
  CHECK(dose.share() == CoDose::kFull);
  CHECK(dose.breathe(0.0f, 5 * kMinute - kSecond));
  CHECK_FALSE(dose.breathe(0.0f, 2 * kSecond));
  CHECK_FALSE(dose.breathe(30.0f, kSecond));
}

TEST_CASE("a kept dose goes on where it was, and nonsense counts as full") {
  CHECK(CoDose(CoDose::kFull).isFull());
  CHECK(CoDose(UINT32_MAX).share() == CoDose::kFull);
  CHECK(CoDose(UINT32_MAX).isFull());
  CHECK_FALSE(CoDose(CoDose::kFull - 1).isFull());
  CHECK(CoDose(CoDose::kFull - 1, true).isFull());
  CHECK_FALSE(CoDose().isFull());
}

TEST_CASE("AIR-3 not-a-number breathes nothing and clears nothing") {
  CoDose dose(CoDose::kFull, true);
  CHECK(dose.breathe(NAN, 60 * kMinute));
  CHECK(dose.share() == CoDose::kFull);
  CoDose half(CoDose::kFull / 2);
  CHECK_FALSE(half.breathe(NAN, 60 * kMinute));
  CHECK(half.share() == CoDose::kFull / 2);
  CHECK(fillsIn(NAN, CoStandard::En) == 0);
}

TEST_CASE("worse air never fills more slowly") {
  for (const CoStandard standard : {CoStandard::En, CoStandard::Us}) {
    Millis before = UINT32_MAX;
    for (float ppm = 60.0f; ppm < 1000.0f; ppm += 0.5f) {
      const Millis fills = fillsIn(ppm, standard);
      CHECK(fills > 0);
      CHECK(fills <= before);
      before = fills;
    }
  }
}

TEST_CASE("the longest span fills and does not run over") {
  CoDose dose;
  CHECK(dose.breathe(50.0f, UINT32_MAX));
  CHECK(dose.share() == CoDose::kFull);
}
