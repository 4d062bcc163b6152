#include <doctest/doctest.h>

#include "HomewardCore.h"
#include "contract.h"

using namespace homeward;

namespace {

const char* wordOf(Output output) { return !output.on ? "off" : output.high ? "high" : "on"; }

/** "0:on 500:off" → what comes out at that moment of a cycle. */
std::string dueAt(const std::string& edges, Millis at) {
  std::string word = "off";
  for (const std::string& edge : split(edges, ' ')) {
    const std::vector<std::string> parts = split(edge, ':');
    if (std::stoul(parts.at(0)) <= at) word = parts.at(1);
  }
  return word;
}

bool isSame(const std::string& due, Output output) {
  if (due == "low") return output.on && !output.high;
  return due == wordOf(output);
}

}  // namespace

TEST_CASE("SIR-1 tones sound as the contract says, at every millisecond of two cycles") {
  const std::vector<Row> rows = readContract("siren-patterns.csv");
  REQUIRE(rows.size() == kTones);
  for (uint8_t n = 0; n < kTones; ++n) {
    const Tone tone = static_cast<Tone>(n);
    const Row& row = rows.at(n);
    CHECK(row.at("tone") == homeward::wordOf(tone));
    CHECK(toneOf(row.at("tone").c_str()) == tone);
    CHECK(std::stoul(row.at("lease_s")) * kSecond == leaseOf(tone));
    const Millis cycle = static_cast<Millis>(std::stoul(row.at("cycle_ms")));
    int wrong = 0;
    for (Millis at = 0; at < 2 * cycle; ++at) {
      if (!isSame(dueAt(row.at("edges"), at % cycle), outputOf(tone, at))) ++wrong;
    }
    CAPTURE(row.at("tone"));
    CHECK(wrong == 0);
  }
}

TEST_CASE("what is no tone is silent") {
  CHECK(toneOf("disco") == Tone::None);
  CHECK(homeward::wordOf(Tone::None) == nullptr);
  CHECK(leaseOf(Tone::None) == 0);
  CHECK_FALSE(outputOf(Tone::None, 0).on);
}

TEST_CASE("SIR-1 without the hub gas ends with its lease of 30 s, fire only after 180 s") {
  for (const auto& [tone, lease] : {std::pair{Tone::Gas, 30 * kSecond}, {Tone::Fire, 180 * kSecond}, {Tone::Co, 180 * kSecond}}) {
    Siren siren;
    siren.command(tone, 0);
    siren.output(lease - 1);
    CHECK(siren.tone() == tone);
    siren.output(lease);
    CHECK(siren.tone() == Tone::None);
    CHECK_FALSE(siren.output(lease).on);
  }
}

TEST_CASE("a renewed lease goes on and does not begin the signal anew") {
  Siren siren;
  siren.command(Tone::Fire, 0);
  siren.command(Tone::Fire, 700);
  CHECK_FALSE(siren.output(700).on);
  CHECK(siren.output(1000).on);
  for (Millis at = 0; at <= 600 * kSecond; at += 10 * kSecond) siren.command(Tone::Fire, at);
  siren.output(600 * kSecond);
  CHECK(siren.tone() == Tone::Fire);
}

TEST_CASE("the hub takes its tone back, and not the board's own") {
  Siren siren;
  siren.want(Tone::Gas, true, 0);
  siren.command(Tone::Fire, 0);
  CHECK(siren.tone() == Tone::Fire);
  siren.command(Tone::None, 10);
  CHECK(siren.tone() == Tone::Gas);
  siren.want(Tone::None, true, 20);
  CHECK(siren.tone() == Tone::None);
  CHECK_FALSE(siren.output(30).on);
}

TEST_CASE("a lower tone never sounds in the place of a higher one, whoever wants it") {
  for (uint8_t own = 0; own <= kTones; ++own) {
    for (uint8_t hub = 0; hub <= kTones; ++hub) {
      Siren siren;
      siren.want(static_cast<Tone>(own), true, 0);
      siren.command(static_cast<Tone>(hub), 0);
      CHECK(siren.tone() == static_cast<Tone>(own < hub ? own : hub));
    }
  }
}

TEST_CASE("ALM-2 a hush is silent, ends by itself after 9 minutes at most, and by a worse danger at once") {
  Siren siren;
  CHECK_FALSE(siren.hush(kMinute, 0));
  siren.want(Tone::Gas, true, 0);
  CHECK(siren.hush(60 * kMinute, 0));
  CHECK_FALSE(siren.output(9 * kMinute - 1).on);
  CHECK(siren.output(9 * kMinute).on);
  CHECK(siren.hush(kMinute, 10 * kMinute));
  CHECK_FALSE(siren.output(10 * kMinute).on);
  siren.want(Tone::Fire, true, 10 * kMinute + 1);
  CHECK(siren.output(10 * kMinute + 1).on);
}

TEST_CASE("ALM-2 a critical danger cannot be hushed, and ends a hush") {
  Siren siren;
  siren.want(Tone::Gas, true, 0);
  CHECK(siren.hush(kMinute, 0));
  siren.want(Tone::Gas, false, 100);
  CHECK(siren.output(100).on);
  CHECK_FALSE(siren.hush(kMinute, 200));
  CHECK(siren.output(200).on);
}

TEST_CASE("a hush does not outlive its danger") {
  Siren siren;
  siren.want(Tone::Gas, true, 0);
  siren.hush(9 * kMinute, 0);
  siren.want(Tone::None, true, kSecond);
  siren.want(Tone::Gas, true, 2 * kSecond);
  CHECK(siren.output(2 * kSecond).on);
}

TEST_CASE("a milder danger after a worse one stays hushed") {
  Siren siren;
  siren.want(Tone::Co, true, 0);
  siren.hush(kMinute, 0);
  siren.want(Tone::Gas, true, kSecond);
  CHECK_FALSE(siren.output(kSecond).on);
}
