#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

#include "parts.h"

using namespace homeward;

namespace {

/** What stands in `firmware/contract/<name>`, without the end of its last line. */
std::string golden(const std::string& name) {
  std::ifstream file(std::string(CONTRACT) + "/" + name);
  std::stringstream all;
  all << file.rdbuf();
  std::string text = all.str();
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

/** Compares all that such a node says with the contract. */
template <typename Of>
void compare(Of& it, const std::string& kind) {
  CAPTURE(kind);
  char out[4096];
  JsonWriter json(out, sizeof out);
  REQUIRE(it.node.announce(json));
  CHECK(out == golden(kind + "-node.discovery.json"));
  CHECK(it.last(Leaf::State) == golden(kind + "-node.state.json"));
  CHECK(it.last(Leaf::Alarm) == golden(kind + "-node.alarm.json"));
}

}  // namespace

TEST_CASE("an air node says what the contract says, to the letter") {
  Air it(kAir);
  it.run(kMinute, [&] {
    it.node.read(Quantity::Oxygen, 20.85f, it.now);
    it.node.read(Quantity::CarbonMonoxide, 0.0f, it.now);
    it.node.read(Quantity::Temperature, 21.5f, it.now);
  });
  it.beat();
  it.node.read(Quantity::CarbonMonoxide, 320.0f, it.now);
  it.run(kSecond);
  compare(it, "air");
}

TEST_CASE("a motion node says what the contract says, to the letter") {
  Motion it(kMotion);
  it.run(kMinute);
  it.beat();
  it.node.motion(true, it.now);
  it.run(kSecond);
  compare(it, "motion");
}

TEST_CASE("a door node says what the contract says, to the letter") {
  DoorTrial it(kFrontDoor);
  it.node.contact(DoorContact::Bolt, true, it.now);
  it.run(20 * kSecond);
  it.node.contact(DoorContact::Leaf, true, it.now);
  it.node.contact(DoorContact::Bolt, false, it.now);
  it.run(kSecond);
  it.node.contact(DoorContact::Leaf, false, it.now);
  it.run(5 * kSecond);
  compare(it, "door");
}
