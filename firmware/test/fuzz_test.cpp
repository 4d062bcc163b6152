#include <doctest/doctest.h>

#include <random>

#include "parts.h"

using namespace homeward;

namespace {

/** So many commands are tried. Source: the figure that the board is held to. */
constexpr int kCommands = 100000;

const char* const kTopics[] = {"homeward/hw-door-02be/command",   "homeward/hw-door-02be/lock/set", "homeward/hw-door-02be/fan/set",
                               "homeward/hw-door-02be/siren/set", "homeward/hw-door-02be/ack",      "homeward/hub/countdown",
                               "homeassistant/status",            "homeward/hub/beat",              "homeward/somebody/command"};

/** Does to a text what a broken or hostile sender might. */
std::string spoiled(std::string text, std::mt19937& chance) {
  const auto any = [&](size_t below) { return static_cast<size_t>(chance() % (below == 0 ? 1 : below)); };
  for (size_t left = 1 + any(4); left > 0; --left) {
    const size_t at = any(text.size());
    switch (any(7)) {
      case 0:
        if (!text.empty()) text[at] = static_cast<char>(chance());
        break;
      case 1:
        text.erase(at, 1 + any(8));
        break;
      case 2:
        text.insert(at, 1 + any(8), static_cast<char>(chance()));
        break;
      case 3:
        text.insert(at, text.substr(any(text.size()), any(40)));
        break;
      case 4:
        if (!text.empty()) text[at] = static_cast<char>(text[at] ^ (1 << any(8)));
        break;
      case 5:
        text.resize(any(400), static_cast<char>(chance()));
        break;
      default:
        text += "{}[]\",:\\0aunlock"[any(16)];
    }
  }
  return text;
}

}  // namespace

TEST_CASE("a hundred thousand spoiled commands open no door and crash nothing, and a good one still does") {
  DoorTrial it(kFrontDoor);
  std::mt19937 chance(20261123);
  uint32_t counter = 1;
  int obeyed = 0;
  int sent = 0;
  for (int n = 0; n < kCommands; ++n) {
    if (n % 7 == 0) it.hear("nonce/get", "");
    const std::string said = it.last(Leaf::Nonce);
    const std::string nonce = said.substr(said.find("\"nonce\":\"") + 9, 32);
    const std::string good = signedCommand(kDoorKey, sizeof kDoorKey, "unlock", "front", nonce, std::to_string(counter));
    const std::string bad = spoiled(n % 3 == 2 ? "UNLOCK" : good, chance);
    if (bad == good) continue;
    // Blanks between the parts are the same command.
    FlatObject object;
    char word[65];
    const bool isWhole = object.read(bad.data(), bad.size()) && object.word("mac", word, sizeof word) &&
                         good.find(std::string("\"mac\":\"") + word + "\"}") != std::string::npos;
    if (isWhole && n % 3 != 2) continue;
    it.hearTopic(kTopics[n % 2 == 0 ? 0 : chance() % 9], bad, chance() % 16 == 0);
    ++sent;
    if (it.board.isStrikeOpen) ++obeyed;
    it.now += chance() % 2000;
    if (it.said.size() > 1000) it.said.erase(it.said.begin(), it.said.end() - 20);
    if (n % 1000 == 0) it.hear("nonce/get", "");
  }
  CHECK(sent > kCommands * 9 / 10);
  CHECK(obeyed == 0);
  CHECK(it.board.writes == 0);
  it.run(2 * kMinute);
  it.hear("nonce/get", "");
  const std::string said = it.last(Leaf::Nonce);
  const std::string nonce = said.substr(said.find("\"nonce\":\"") + 9, 32);
  it.hear("command", signedCommand(kDoorKey, sizeof kDoorKey, "unlock", "front", nonce, "1"));
  CHECK(it.board.isStrikeOpen);
}

TEST_CASE("a hundred thousand pieces of rubbish sound no siren, switch no fan, and end no alarm of an air node") {
  Air it(kAir);
  std::mt19937 chance(7);
  it.run(kMinute, [&] { it.node.read(Quantity::CarbonMonoxide, 0.0f, it.now); });
  it.node.read(Quantity::CarbonMonoxide, 320.0f, it.now);
  it.turn();
  REQUIRE(it.node.siren().tone() == Tone::Co);
  const char* const leaves[] = {"siren/set", "fan/set", "ack", "command"};
  const char* const seeds[] = {"{\"state\":\"OFF\"}", "{\"boot\":\"00010203\",\"seq\":999}", "QN", "{\"kind\":\"none\",\"leftMs\":0}"};
  int silenced = 0;
  int switched = 0;
  for (int n = 0; n < kCommands; ++n) {
    std::string rubbish = spoiled(seeds[chance() % 4], chance);
    if (rubbish == "ON") continue;
    it.hear(leaves[chance() % 4], rubbish);
    if (it.node.siren().tone() != Tone::Co) ++silenced;
    if (it.board.fans) ++switched;
    it.said.clear();
  }
  CHECK(silenced == 0);
  CHECK(switched == 0);
}
