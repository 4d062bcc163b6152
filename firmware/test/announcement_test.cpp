#include <doctest/doctest.h>

#include <cstring>
#include <string>

#include "HomewardCore.h"

using namespace homeward;

namespace {

const Identity kIdentity = {"hw-air-7f3a", "Kitchen air", "air_node", "0.1.0"};

const Component kParts[] = {
    {"o2", Platform::Sensor, "Oxygen", nullptr, "%", "oxygen", 1, false},
    {"co", Platform::Sensor, "Carbon monoxide", "carbon_monoxide", "ppm", nullptr, 0, false},
    {"temperature", Platform::Sensor, "Temperature", "temperature", "°C", nullptr, 1, false},
    {"tamper", Platform::BinarySensor, "Case", "tamper", nullptr, nullptr, 0, true},
    {"siren", Platform::Siren, "Siren", nullptr, nullptr, nullptr, 0, false},
    {"fan", Platform::Switch, "Fan", nullptr, nullptr, nullptr, 0, false},
};

bool write(const Identity& identity, const Component& part, size_t size = 1024) {
  char out[1024];
  JsonWriter json(out, size);
  return writeAnnouncement(json, identity, &part, 1, 90);
}

}  // namespace

TEST_CASE("topics stand under the board's own name") {
  char topic[kTopicSize];
  CHECK(topicOf(topic, "hw-air-7f3a", "state"));
  CHECK(std::string(topic) == "homeward/hw-air-7f3a/state");
}

TEST_CASE("words that are too long, or too little room, announce nothing") {
  const std::string endless(kTopicSize, 'x');
  const std::string almost(kTopicSize - 15, 'x');
  char topic[kTopicSize];
  CHECK_FALSE(topicOf(topic, endless.c_str(), "state"));
  const Component part = kParts[0];
  CHECK(write(kIdentity, part));
  CHECK_FALSE(write(kIdentity, part, 200));
  CHECK_FALSE(write({endless.c_str(), "n", "m", "1"}, part));
  // Short enough for the state, and too long for the availability.
  const std::string between(kTopicSize - std::strlen("homeward//state") - 1, 'x');
  CHECK_FALSE(write({between.c_str(), "n", "m", "1"}, part));
  for (const Component& each : kParts) {
    Component named = each;
    named.key = almost.c_str();
    CHECK_FALSE(write(kIdentity, named));
    named.key = endless.c_str();
    CHECK_FALSE(write(kIdentity, named));
  }
  // Fits into an id and a template, and not into the topic of a command.
  Component siren = kParts[4];
  const std::string key(kTopicSize - std::strlen("homeward/hw-air-7f3a//set"), 'x');
  siren.key = key.c_str();
  CHECK_FALSE(write(kIdentity, siren));
}
