#include <doctest/doctest.h>

#include "contract.h"
#include "parts.h"

using namespace homeward;

namespace {

std::string command(const std::string& cmd, const std::string& nonce, const std::string& counter, const std::string& door = "front") {
  return signedCommand(kDoorKey, sizeof kDoorKey, cmd, door, nonce, counter);
}

/** Asks for a nonce, as the hub does. */
std::string nonceOf(DoorTrial& it) {
  it.hear("nonce/get", "");
  const std::string text = it.last(Leaf::Nonce);
  const size_t at = text.find("\"nonce\":\"") + 9;
  return text.substr(at, 32);
}

void type(DoorTrial& it, const std::string& keys) {
  for (const char key : keys) it.node.key(key, it.now);
  it.turn();
}

}  // namespace

TEST_CASE("ACC-7 the hub asks for a nonce, signs, and the door opens for its pulse and says so") {
  DoorTrial it(kFrontDoor);
  it.node.contact(DoorContact::Bolt, true, it.now);
  it.run(kSecond);
  CHECK(it.told("lock") == "LOCKED");
  const std::string nonce = nonceOf(it);
  CHECK(it.last(Leaf::Nonce) == "{\"door\":\"front\",\"nonce\":\"" + nonce + "\"}");
  it.hear("command", command("unlock", nonce, "1"));
  CHECK(it.board.isStrikeOpen);
  CHECK(it.node.door().isStrikeOpen());
  it.run(kSecond);
  CHECK(it.told("lock") == "UNLOCKED");
  it.run(4 * kSecond);
  CHECK_FALSE(it.board.isStrikeOpen);
  it.run(kSecond);
  CHECK(it.told("lock") == "LOCKED");
  CHECK(it.board.writes == 1);
}

TEST_CASE("a signed lock ends the pulse, and so does a plain one; nobody unlocks without a signature") {
  DoorTrial it(kFrontDoor);
  it.hear("command", command("unlock", nonceOf(it), "1"));
  it.hear("command", command("lock", nonceOf(it), "2"));
  CHECK_FALSE(it.board.isStrikeOpen);
  it.hear("command", command("unlock", nonceOf(it), "3"));
  it.hear("lock/set", "LOCK");
  CHECK_FALSE(it.board.isStrikeOpen);
  for (const char* const text : {"UNLOCK", "OPEN", "LOC", "LOCKED", "", "lock"}) {
    it.hear("lock/set", text);
    CHECK(it.status() == "unsigned");
    CHECK_FALSE(it.board.isStrikeOpen);
  }
  it.hear("command", command("explode", nonceOf(it), "4"));
  CHECK(it.status() == "unknown_command");
  it.hear("fan/set", "ON");
  CHECK(it.status() == "foreign_topic");
}

TEST_CASE("ACC-7 whatever is wrong with a command opens nothing and is said in one word") {
  DoorTrial it(kFrontDoor);
  const auto refused = [&](const std::string& text, const std::string& word, bool retained = false) {
    it.hear("command", text, retained);
    CHECK(it.status() == word);
    CHECK_FALSE(it.board.isStrikeOpen);
    it.run(kSecond);
    CHECK(it.told("status") == word);
  };
  const std::string first = nonceOf(it);
  const std::string good = command("unlock", first, "5");
  refused(good, "retained", true);
  it.hear("command", good);
  CHECK(it.board.isStrikeOpen);
  it.run(6 * kSecond);
  refused(good, "no_nonce");
  refused(command("unlock", nonceOf(it), "5"), "old_counter");
  refused(command("unlock", nonceOf(it), "6", "garage"), "other_door");
  const std::string late = nonceOf(it);
  it.run(CommandGuard::kNonceLife);
  refused(command("unlock", late, "6"), "expired");
  refused("{}", "malformed");
  refused(std::string(Incoming::kMost + 1, 'x'), "malformed");
  std::string wrong = command("unlock", nonceOf(it), "6");
  wrong[wrong.size() - 3] = wrong[wrong.size() - 3] == '0' ? '1' : '0';
  refused(wrong, "wrong_mac");
  for (int n = 0; n < 4; ++n) refused(signedCommand(kDoorKey + 1, 31, "unlock", "front", nonceOf(it), "6"), "wrong_mac");
  refused(command("unlock", nonceOf(it), "6"), "locked_out");
  it.run(CommandGuard::kLockOut);
  it.hear("command", command("unlock", nonceOf(it), "6"));
  CHECK(it.board.isStrikeOpen);
}

TEST_CASE("ACC-7 the counter outlives a restart; with a full flash nobody enters, and it is said") {
  DoorTrial first(kFrontDoor);
  first.hear("command", command("unlock", nonceOf(first), "7"));
  CHECK(first.board.isStrikeOpen);
  DoorTrial second(kFrontDoor, 1000, first.board.kept);
  second.hear("command", command("unlock", nonceOf(second), "7"));
  CHECK(second.status() == "old_counter");
  second.board.isFull = true;
  second.hear("command", command("unlock", nonceOf(second), "8"));
  CHECK_FALSE(second.board.isStrikeOpen);
  CHECK(second.status() == "settings_full");
  second.board.isFull = false;
  second.hear("command", command("unlock", nonceOf(second), "9"));
  CHECK(second.board.isStrikeOpen);
}

TEST_CASE("a door that lost its counter opens for nobody, also after another restart") {
  DoorTrial it(kFrontDoor, 1000, std::vector<uint8_t>(kSettingsSize, 7));
  CHECK(it.status() == "settings_damaged");
  it.hear("command", command("unlock", nonceOf(it), "1"));
  CHECK_FALSE(it.board.isStrikeOpen);
  CHECK(it.node.refused() == 1);
  CHECK(it.board.writes == 0);
  DoorTrial longer(kFrontDoor, 1000, std::vector<uint8_t>(kSettingsSize + 5, 0));
  CHECK(longer.status() == "settings_damaged");
}

TEST_CASE("a nonce that finds no place is not handed out") {
  DoorTrial it(kFrontDoor);
  it.run(kSecond);
  it.takes = false;
  for (int n = 0; n < 4; ++n) it.hear("nonce/get", "");
  it.hear("nonce/get", "");
  CHECK(it.status() == "busy");
}

TEST_CASE("ACC-8 what happens at the door is told: open, forced, held, jammed, each an alarm") {
  DoorTrial it(kFrontDoor);
  it.node.contact(DoorContact::Bolt, true, it.now);
  it.run(kMinute);
  it.node.contact(DoorContact::Leaf, true, it.now);
  it.node.contact(DoorContact::Bolt, false, it.now);
  it.run(31 * kSecond);
  CHECK(it.told("door") == "ON");
  CHECK(it.told("forced") == "ON");
  CHECK(it.told("held") == "ON");
  CHECK(it.told("lock") == "UNLOCKED");
  it.node.contact(DoorContact::Leaf, false, it.now);
  it.run(4 * kSecond);
  CHECK(it.told("door") == "OFF");
  CHECK(it.told("forced") == "OFF");
  CHECK(it.told("held") == "OFF");
  CHECK(it.told("jammed") == "ON");
  CHECK(it.told("lock") == "JAMMED");
  std::string alarms;
  for (const Said& each : it.said) {
    if (each.leaf == Leaf::Alarm) alarms += each.text;
  }
  for (const char* const entity : {"door", "forced", "held", "jammed"}) {
    CHECK(alarms.find("\"entity\":\"" + std::string(entity) + "\"") != std::string::npos);
  }
  it.node.contact(DoorContact::Leaving, true, it.now);
  it.run(100);
  it.node.contact(DoorContact::Leaf, true, it.now);
  it.run(kSecond);
  CHECK(it.told("forced") == "OFF");
}

TEST_CASE("a door without bolt and exit contact announces and tells neither") {
  DoorNodeParts plain = kFrontDoor;
  plain.door = {false, false};
  plain.hasKeypad = false;
  DoorTrial it(plain);
  it.run(kSecond);
  CHECK(it.told("forced").empty());
  CHECK(it.told("jammed").empty());
  char out[4096];
  JsonWriter json(out, sizeof out);
  REQUIRE(it.node.announce(json));
  CHECK(std::string(out).find("jammed") == std::string::npos);
  CHECK(std::string(out).find("forced") == std::string::npos);
  type(it, "739164#");
  CHECK(it.count(Leaf::Keypad) == 0);
  CHECK_FALSE(it.board.beeps);
}

TEST_CASE("a PIN goes to the hub sealed, once, and can be opened with the key alone; each key clicks") {
  DoorTrial it(kFrontDoor);
  it.run(kSecond);
  it.node.key('7', it.now);
  it.turn();
  CHECK(it.board.beeps);
  it.run(50);
  CHECK_FALSE(it.board.beeps);
  it.node.key('A', it.now);
  it.turn();
  CHECK_FALSE(it.board.beeps);
  type(it, "39164#");
  REQUIRE(it.count(Leaf::Keypad) == 1);
  const std::string sent = it.last(Leaf::Keypad);
  CHECK(sent.find("739164") == std::string::npos);
  CHECK(sent.rfind("{\"door\":\"front\",\"nonce\":\"", 0) == 0);
  it.node.mail().connected();
  it.run(kSecond);
  CHECK(it.count(Leaf::Keypad) == 1);
  type(it, "739164#");
  CHECK(it.last(Leaf::Keypad) != sent);
}

TEST_CASE("a PIN that nobody hears, or that is too long, is forgotten, and its maker hears so") {
  DoorTrial it(kFrontDoor, 1000, {}, false);
  type(it, "739164#");
  CHECK(it.status() == "pin_not_sent");
  it.run(500);
  CHECK(it.board.beeps);
  it.run(200);
  CHECK_FALSE(it.board.beeps);
  it.node.mail().connected();
  it.run(kSecond);
  CHECK(it.count(Leaf::Keypad) == 0);
  type(it, "1234567890123");
  CHECK(it.board.beeps);
  CHECK(it.node.refused() == 2);
  it.run(kSecond);
  it.takes = false;
  for (int n = 0; n < 4; ++n) it.hear("nonce/get", "");
  type(it, "739164#");
  CHECK(it.node.refused() == 3);
  it.run(11 * kSecond);
  type(it, "12");
  it.run(11 * kSecond);
  it.takes = true;
  it.run(kSecond);
  type(it, "#");
  CHECK(it.count(Leaf::Keypad) == 0);
}

TEST_CASE("a door that cannot seal a PIN sends none") {
  DoorNodeParts broken = kFrontDoor;
  broken.seal.hmac = [](const uint8_t*, size_t, const char*, size_t, uint8_t[32]) { return false; };
  DoorTrial it(broken);
  it.run(kSecond);
  type(it, "739164#");
  CHECK(it.status() == "pin_not_sent");
  CHECK(it.count(Leaf::Keypad) == 0);
}

TEST_CASE("sealed PINs are as the contract says, to the letter") {
  for (const Row& row : readContract("pins.csv")) {
    CAPTURE(row.at("pin"));
    uint8_t key[32];
    uint8_t chance[16];
    for (size_t n = 0; n < 32; ++n) key[n] = static_cast<uint8_t>(std::stoi(row.at("key").substr(2 * n, 2), nullptr, 16));
    for (size_t n = 0; n < 16; ++n) chance[n] = static_cast<uint8_t>(std::stoi(row.at("nonce").substr(2 * n, 2), nullptr, 16));
    char pin[Keypad::kMost + 1] = {};
    row.at("pin").copy(pin, Keypad::kMost);
    char out[256];
    JsonWriter json(out, sizeof out);
    json.open();
    REQUIRE(writePin(json, {hmac, key, sizeof key, row.at("door").c_str()}, chance, pin));
    json.close();
    CHECK(std::string(out) == "{\"door\":\"" + row.at("door") + "\",\"nonce\":\"" + row.at("nonce") + "\",\"pin\":\"" + row.at("sealed") +
                                  "\",\"mac\":\"" + row.at("mac") + "\"}");
    for (const char each : pin) CHECK(each == '\0');
  }
}

TEST_CASE("a PIN that cannot be sealed is wiped and not written") {
  const auto never = [](const uint8_t*, size_t, const char*, size_t, uint8_t[32]) { return false; };
  const auto once = [](const uint8_t*, size_t, const char* text, size_t, uint8_t[32]) {
    return std::string(text).rfind("homeward-pin-pad-1", 0) == 0;
  };
  for (const PinSeal& seal : {PinSeal{never, kDoorKey, 32, "front"}, PinSeal{once, kDoorKey, 32, "front"},
                              PinSeal{hmac, kDoorKey, 32, "a_name_that_is_too_long"}}) {
    char pin[Keypad::kMost + 1] = "739164";
    const uint8_t chance[16] = {};
    char out[256];
    JsonWriter json(out, sizeof out);
    CHECK_FALSE(writePin(json, seal, chance, pin));
    CHECK(json.length() == 0);
    CHECK(pin[0] == '\0');
  }
}
