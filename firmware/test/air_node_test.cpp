#include <doctest/doctest.h>

#include <cmath>

#include "parts.h"

using namespace homeward;

namespace {

/** Air as a room has it, told every second, and a hub that beats. */
struct Room {
  Air air;
  float o2 = 20.9f;
  float co = 0.0f;
  float heat = 21.0f;
  bool beats = true;
  bool speaks = true;

  explicit Room(std::vector<uint8_t> kept = {}, bool isLinked = true, const AirParts& parts = kAir) : air(parts, 1000, kept, isLinked) {}
  void run(Millis span) {
    air.run(span, [&] {
      if (beats && air.now % (15 * kSecond) == 0) {
        air.node.mail().deliver("hw-air-7f3a", "homeward/hub/beat", "1", 1, false);
      }
      if (!speaks || air.now % kSecond != 0) return;
      air.node.read(Quantity::Oxygen, o2, air.now);
      air.node.read(Quantity::CarbonMonoxide, co, air.now);
      air.node.read(Quantity::Temperature, heat, air.now);
      air.node.read(Quantity::Methane, 50.0f, air.now);
    });
  }
  Tone tone() const { return air.node.siren().tone(); }
};

const SensorTraits kGasSensor[] = {{Quantity::Methane, 0, 10000, 0, 0.0f}, {Quantity::Temperature, 0, 10000, 0, 0.0f}};
const AirParts kGasAir = {{"hw-gas-1", "Gas", "air_node", "0.1.0"}, kGasSensor, 2, true, true};

struct GasRoom {
  Air air;
  float gas = 0.0f;
  float heat = 21.0f;
  GasRoom() : air(kGasAir) {}
  void run(Millis span) {
    air.run(span, [&] {
      if (air.now % kSecond != 0) return;
      air.node.read(Quantity::Methane, gas, air.now);
      air.node.read(Quantity::Temperature, heat, air.now);
    });
  }
};

}  // namespace

TEST_CASE("clean air is told, and nothing sounds; what was not measured yet is not told as a number") {
  Room it;
  it.air.run(kSecond);
  CHECK(it.air.told("o2") == "null");
  CHECK(it.air.told("temperature") == "null");
  it.run(kMinute);
  CHECK(it.air.told("o2") == "20.9");
  CHECK(it.air.told("co") == "0");
  CHECK(it.air.told("temperature") == "21.0");
  CHECK(it.air.told("co_alarm") == "OFF");
  CHECK(it.air.told("status") == "ok");
  CHECK(it.tone() == Tone::None);
}

TEST_CASE("the siren sounds within 1 s of the limit, with no broker, no hub and no network that answers") {
  Room it({}, false);
  it.beats = false;
  it.run(kMinute);
  it.co = 320.0f;
  it.run(kSecond);
  CHECK(it.tone() == Tone::Co);
  it.co = 0.0f;
  Room oxygen({}, false);
  oxygen.run(kMinute);
  oxygen.o2 = 19.4f;
  oxygen.run(10 * kSecond);
  CHECK(oxygen.tone() == Tone::None);
  oxygen.run(kSecond);
  CHECK(oxygen.tone() == Tone::Gas);
}

TEST_CASE("the board's alarm is said to the hub until it has it, and the air every 5 s while it lasts") {
  Room it;
  it.run(kMinute);
  it.co = 320.0f;
  it.air.said.clear();
  it.run(20 * kSecond);
  CHECK(it.air.count(Leaf::Alarm) == 20);
  CHECK(it.air.last(Leaf::Alarm).find("\"entity\":\"co_alarm\",\"value\":\"ON\"}") != std::string::npos);
  CHECK(it.air.told("co") == "320");
  CHECK(it.air.told("co_alarm") == "ON");
  CHECK(it.air.told("siren") == "ON");
  CHECK(it.air.count(Leaf::State) >= 4);
}

TEST_CASE("CO-1 a dose that filled while the hub was away is an alarm of its own when it is back") {
  Room it({}, false);
  it.beats = false;
  it.run(kMinute);
  it.co = 60.0f;
  it.run(80 * kMinute);
  CHECK(it.tone() == Tone::Co);
  it.air.node.mail().connected();
  it.run(kSecond);
  CHECK(it.air.last(Leaf::Alarm).find("co_alarm") != std::string::npos);
}

TEST_CASE("CO-1 the dose is kept each minute and outlives a restart; another sensor's board keeps none") {
  Room first;
  first.run(kMinute);
  first.co = 100.0f;
  first.run(20 * kMinute);
  CHECK(first.tone() == Tone::None);
  CHECK(first.air.board.writes >= 19);
  Room second(first.air.board.kept);
  CHECK(second.air.node.dose().share() > CoDose::kFull / 100 * 75);
  second.co = 100.0f;
  second.run(7 * kMinute);
  CHECK(second.tone() == Tone::Co);
  GasRoom gas;
  gas.run(5 * kMinute);
  CHECK(gas.air.board.writes == 0);
  CHECK(gas.air.node.dose().share() == 0);
}

TEST_CASE("a full flash is said and stops nothing; when there is room again it is said no more") {
  Room it;
  it.run(kMinute);
  it.air.board.isFull = true;
  it.co = 100.0f;
  it.run(2 * kMinute);
  CHECK(it.air.status() == "settings_full");
  it.co = 320.0f;
  it.run(kSecond);
  CHECK(it.tone() == Tone::Co);
  CHECK(it.air.told("co") == "320");
  it.air.board.isFull = false;
  it.co = 0.0f;
  it.run(2 * kMinute);
  CHECK(it.air.status() == "ok");
}

TEST_CASE("damaged settings are said, and an air node is whole again once it kept new ones") {
  Room it({1, 2, 3});
  it.run(kMinute);
  CHECK(it.air.status() == "settings_damaged");
  it.co = 60.0f;
  it.run(2 * kMinute);
  CHECK(it.air.status() == "ok");
}

TEST_CASE("AIR-3 a sensor that is lost or broken is said, chirps, tells no value and clears nothing") {
  Room it;
  it.run(kMinute);
  it.co = 320.0f;
  it.run(10 * kSecond);
  it.speaks = false;
  it.run(20 * kMinute);
  CHECK(it.air.status() == "sensor_fault");
  CHECK(it.air.told("co") == "null");
  CHECK(it.tone() == Tone::Co);
  Room other;
  other.run(kMinute);
  other.o2 = NAN;
  other.run(5 * kSecond);
  CHECK(other.air.status() == "sensor_fault");
  CHECK(other.air.told("o2") == "null");
  CHECK(other.tone() == Tone::Chirp);
}

TEST_CASE("ALM-2 the button silences an alarm, and not a critical one") {
  Room it;
  it.run(kMinute);
  it.o2 = 19.0f;
  it.run(12 * kSecond);
  CHECK(it.tone() == Tone::Gas);
  CHECK(it.air.node.hush(it.air.now));
  it.run(kSecond);
  CHECK_FALSE(it.air.board.sounds.on);
  it.o2 = 17.0f;
  it.run(3 * kSecond);
  CHECK(it.air.board.sounds.on);
  CHECK_FALSE(it.air.node.hush(it.air.now));
}

TEST_CASE("no word of the hub silences what the board itself found") {
  Room it;
  it.run(kMinute);
  it.co = 320.0f;
  it.run(kSecond);
  it.air.hear("siren/set", "{\"state\":\"OFF\"}");
  it.run(kSecond);
  CHECK(it.tone() == Tone::Co);
  CHECK(it.air.told("siren") == "ON");
}

TEST_CASE("a fan is switched by plain words, and a board without one has no such topic") {
  Room it;
  it.run(kMinute);
  it.air.hear("fan/set", "ON");
  CHECK(it.air.board.fans);
  CHECK(it.air.node.isFanOn());
  it.run(kSecond);
  CHECK(it.air.told("fan") == "ON");
  for (const char* const text : {"", "on", "OF", "ONN", "OFFF", "{}", "XN", "XFF"}) {
    it.air.hear("fan/set", text);
    CHECK(it.air.status() == "malformed");
    CHECK(it.air.board.fans);
  }
  it.air.hear("fan/set", "OFF");
  CHECK_FALSE(it.air.board.fans);
  it.air.hear("lock/set", "LOCK");
  CHECK(it.air.status() == "foreign_topic");
  AirParts bare = kAir;
  bare.hasFan = false;
  Room without({}, true, bare);
  without.air.hear("fan/set", "ON");
  CHECK(without.air.status() == "foreign_topic");
  without.run(kMinute);
  CHECK(without.air.told("fan").empty());
}

TEST_CASE("AIR-5 in gas nothing is switched, neither on nor off") {
  for (const bool isOn : {false, true}) {
    GasRoom it;
    it.run(20 * kSecond);
    if (isOn) it.air.hear("fan/set", "ON");
    it.gas = 12.0f;
    it.run(12 * kSecond);
    CHECK(it.air.node.siren().tone() == Tone::Gas);
    it.air.hear("fan/set", isOn ? "OFF" : "ON");
    CHECK(it.air.status() == "danger");
    CHECK(it.air.board.fans == isOn);
    it.heat = 80.0f;
    it.run(12 * kSecond);
    CHECK(it.air.node.siren().tone() == Tone::Fire);
    CHECK(it.air.board.fans == isOn);
  }
}

TEST_CASE("AIR-5 every gas that burns keeps the fan as it is; oxygen does not") {
  const SensorTraits lpg[] = {{Quantity::Lpg, 0, 10000, 0, 0.0f}};
  Air gas({{"hw-lpg-1", "LPG", "air_node", "0.1.0"}, lpg, 1, true, true});
  gas.run(15 * kSecond, [&] { gas.node.read(Quantity::Lpg, 25.0f, gas.now); });
  gas.hear("fan/set", "ON");
  CHECK(gas.status() == "danger");
  Room thin;
  thin.run(kMinute);
  thin.o2 = 17.0f;
  thin.run(5 * kSecond);
  CHECK(thin.tone() == Tone::Gas);
  thin.air.hear("fan/set", "ON");
  CHECK(thin.air.board.fans);
}

TEST_CASE("a fan stops in a fire and does not start again") {
  GasRoom it;
  it.run(20 * kSecond);
  it.air.hear("fan/set", "ON");
  it.heat = 80.0f;
  it.run(12 * kSecond);
  CHECK_FALSE(it.air.board.fans);
  it.air.hear("fan/set", "ON");
  CHECK(it.air.status() == "danger");
  CHECK_FALSE(it.air.board.fans);
  it.air.hear("fan/set", "OFF");
  CHECK(it.air.status() != "danger");
}

TEST_CASE("a board with every sensor that there is has room for all that it says") {
  SensorTraits all[kQuantities + 1];
  for (uint8_t n = 0; n <= kQuantities; ++n) all[n] = {static_cast<Quantity>(n % kQuantities), 0, 10000, 0, 0.0f};
  Air it({{"hw-air-of-forty-characters-and-not-a-few", "All", "air_node", "0.1.0"}, all, kQuantities + 1, true, true}, 0u - 2 * kMinute);
  const float worst[] = {25.1f, 9999.0f, 99999.0f, 99.9f, 99.9f, 1999.9f, -39.9f};
  it.run(kMinute, [&] {
    for (uint8_t n = 0; n < kQuantities; ++n) it.node.read(static_cast<Quantity>(n), worst[n], it.now);
  });
  const std::string state = it.last(Leaf::State);
  CAPTURE(state);
  CHECK(state.back() == '}');
  // The longest boot, counters and status are these much longer.
  CHECK(state.size() + 9 + 6 + 9 + 16 < Outgoing::kMost);
  char out[4096];
  JsonWriter json(out, sizeof out);
  CHECK(it.node.announce(json));
}
