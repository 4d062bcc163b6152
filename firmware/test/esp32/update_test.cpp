#include <doctest/doctest.h>

#include <cstring>
#include <random>
#include <string>

#include "crypto/mbedtls_crypto.h"
#include "homeward/checksum.h"
#include "update/manifest.h"
#include "update/safe_mode.h"
#include "update/update_trial.h"
#include "wire.h"

using namespace homeward;

namespace {

std::string offerOf(const Row& row) {
  return "{\"product\":\"" + row.at("product") + "\",\"version\":\"" + row.at("version") + "\",\"size\":" + row.at("size") +
         ",\"sha256\":\"" + row.at("sha256") + "\",\"signature\":\"" + row.at("signature") + "\"}";
}

/** A board to which the first row of the contract is offered. */
struct Offered {
  Row row = readContract("updates.csv").front();
  std::vector<uint8_t> key = bytesOf(row.at("key"));
  Running running = {"air-esp32c3", "1.1.9", 1966080, key.data(), mbedtlsVerify};
  Manifest manifest = {};
  Offer judge(const std::string& text) { return readOffer(text.data(), text.size(), running, manifest); }
};

bool reads(const char* text) {
  Version version;
  return readVersion(text, version);
}

Version version(const char* text) {
  Version read = {};
  REQUIRE(readVersion(text, read));
  return read;
}

constexpr SelfTest kGood = {true, true, true, true, false};

/** Restarts so often in a row, each time before a minute is over. */
struct Restarts {
  uint8_t kept[SafeMode::kSize] = {};
  size_t count = 0;
  SafeMode restart(bool wasMeant = false, Millis now = 0) {
    SafeMode mode(kept, count, wasMeant, now);
    mode.write(kept);
    count = sizeof kept;
    return mode;
  }
};

}  // namespace

TEST_CASE("an offer is judged as the contract says") {
  for (const Row& row : readContract("updates.csv")) {
    CAPTURE(row.at("what"));
    const std::vector<uint8_t> key = bytesOf(row.at("key"));
    const Running running = {row.at("our_product").c_str(), row.at("our_version").c_str(),
                             static_cast<uint32_t>(std::stoul(row.at("room"))), key.data(), mbedtlsVerify};
    Manifest manifest = {};
    const std::string text = offerOf(row);
    CHECK(std::string(wordOf(readOffer(text.data(), text.size(), running, manifest))) == row.at("answer"));
  }
}

TEST_CASE("an offer that is taken says what was signed") {
  Offered board;
  REQUIRE(board.judge(offerOf(board.row)) == Offer::Taken);
  CHECK(std::string(board.manifest.product) == "air-esp32c3");
  CHECK(board.manifest.size == 1048576);
  CHECK(std::vector<uint8_t>(board.manifest.sha256, board.manifest.sha256 + 32) == bytesOf(board.row.at("sha256")));
}

TEST_CASE("an offer that is not plainly one is malformed, whoever signed it") {
  Offered board;
  const std::string good = offerOf(board.row);
  const std::vector<std::pair<const char*, const char*>> changes = {
      {"\"size\":1048576", "\"size\":\"1048576\""}, {"1.2.0", "1.2"},
      {"1.2.0", "01.2.0"},                          {"air-esp32c3", "air|esp32c3"},
      {"air-esp32c3", "AIR-esp32c3"},               {"air-esp32c3", "an-air-node-of-a-kind-with-a-name"},
      {"\"sha256\":\"", "\"sha256\":\"0"},          {"\"signature\":\"", "\"signature\":\"g"},
      {"\"product\"", "\"produkt\""},               {"}", ",\"more\":1}"},
      {"}", "} "},                                  {"{", ""}};
  for (const auto& [from, to] : changes) {
    std::string text = good;
    text.replace(text.find(from), strlen(from), to);
    CAPTURE(text);
    // A blank behind it is still that object.
    CHECK(board.judge(text) == (strcmp(to, "} ") == 0 ? Offer::Taken : Offer::Malformed));
  }
  std::string brief = good;
  brief.erase(brief.find(board.row.at("sha256")), 1);
  CHECK(board.judge(brief) == Offer::Malformed);
  std::string big = good;
  big.replace(big.find(board.row.at("sha256")), 1, "A");
  CHECK(board.judge(big) == Offer::Malformed);
}

TEST_CASE("a board that was given no key takes nothing") {
  Offered board;
  board.running.key = nullptr;
  CHECK(board.judge(offerOf(board.row)) == Offer::NoKey);
}

TEST_CASE("a board whose own version is none takes nothing") {
  Offered board;
  board.running.version = "dev";
  CHECK(board.judge(offerOf(board.row)) == Offer::NotNewer);
}

TEST_CASE("100,000 damaged offers: none is taken") {
  Offered board;
  const std::string good = offerOf(board.row);
  std::mt19937 chance(1);
  int looked = 0;
  int taken = 0;
  board.running.verify = [](const uint8_t*, const char*, size_t, const uint8_t*) { return false; };
  for (int n = 0; n < 100000; ++n) {
    std::string text = good;
    const int times = 1 + static_cast<int>(chance() % 4);
    for (int change = 0; change < times; ++change) text[chance() % text.size()] = static_cast<char>(chance());
    if (chance() % 4 == 0) text.resize(chance() % text.size());
    const Offer offer = board.judge(text);
    if (offer == Offer::Taken) ++taken;
    if (offer == Offer::WrongSignature) ++looked;
  }
  CHECK(taken == 0);
  // Some of them are still offers to look at: only the signature tells.
  CHECK(looked > 1000);
}

TEST_CASE("an image: no byte more than was signed, and all of them") {
  Manifest manifest = {};
  manifest.size = 1000;
  manifest.sha256[31] = 7;
  uint8_t right[32] = {};
  right[31] = 7;
  const uint8_t wrong[32] = {};
  ImageIntake image(manifest);
  CHECK(image.take(999));
  CHECK_FALSE(image.isWhole(right));
  CHECK_FALSE(image.take(2));
  CHECK(image.take(1));
  CHECK_FALSE(image.isWhole(wrong));
  CHECK(image.isWhole(right));
  CHECK_FALSE(image.take(1));
}

TEST_CASE("versions have one spelling, and an order") {
  for (const char* const text : {"0.0.0", "1.2.3", "65535.65535.65535"}) CHECK(reads(text));
  for (const char* const text : {"", "1", "1.2", "1.2.", "1.2.3.", "1.2.3.4", "1.2.65536", "01.2.3", "1.00.3", "-1.2.3",
                                 "1.2.3-beta", " 1.2.3", "1,2,3", "1.2.x", "99999999999.0.0"}) {
    CAPTURE(text);
    CHECK_FALSE(reads(text));
  }
  CHECK(isNewer(version("2.0.0"), version("1.9.9")));
  CHECK_FALSE(isNewer(version("1.9.9"), version("2.0.0")));
  CHECK(isNewer(version("1.10.0"), version("1.9.9")));
  CHECK(isNewer(version("1.9.10"), version("1.9.9")));
  CHECK_FALSE(isNewer(version("1.9.9"), version("1.9.9")));
}

TEST_CASE("a new image that looked after everything for a minute stays") {
  UpdateTrial trial(500);
  CHECK(trial.judge(kGood, 500) == Fate::Wait);
  CHECK(trial.judge(kGood, 60499) == Fate::Wait);
  CHECK(trial.judge(kGood, 60500) == Fate::Keep);
}

TEST_CASE("a new image that is not welcomed is never sent back for it, and stays after ten minutes") {
  UpdateTrial trial(0);
  SelfTest unheard = kGood;
  unheard.isWelcomed = false;
  for (Millis now = 0; now < UpdateTrial::kHoldsUnheard; now += 10 * kSecond) CHECK(trial.judge(unheard, now) == Fate::Wait);
  CHECK(trial.judge(unheard, UpdateTrial::kHoldsUnheard) == Fate::Keep);
}

TEST_CASE("a new image that cannot look after something for five minutes goes back, whatever the broker says") {
  for (bool SelfTest::*part : {&SelfTest::areSensorsServed, &SelfTest::areOutputsServed, &SelfTest::areSettingsRead}) {
    UpdateTrial trial(0);
    SelfTest bad = kGood;
    bad.*part = false;
    CHECK(trial.judge(bad, 0) == Fate::Wait);
    CHECK(trial.judge(bad, UpdateTrial::kFailsAfter - 1) == Fate::Wait);
    CHECK(trial.judge(bad, UpdateTrial::kFailsAfter) == Fate::RollBack);
  }
}

TEST_CASE("a fault in between begins the minute anew, and a good moment the five") {
  UpdateTrial trial(0);
  SelfTest bad = kGood;
  bad.areSensorsServed = false;
  trial.judge(kGood, 59000);
  CHECK(trial.judge(bad, 59500) == Fate::Wait);
  CHECK(trial.judge(kGood, 119499) == Fate::Wait);
  CHECK(trial.judge(kGood, 119500) == Fate::Keep);
  UpdateTrial worse(0);
  worse.judge(bad, 299000);
  worse.judge(kGood, 299500);
  CHECK(worse.judge(bad, 599499) == Fate::Wait);
  CHECK(worse.judge(bad, 599500) == Fate::RollBack);
}

TEST_CASE("nothing goes back while something sounds") {
  UpdateTrial trial(0);
  SelfTest alarming = kGood;
  alarming.areSensorsServed = false;
  alarming.isInAlarm = true;
  CHECK(trial.judge(alarming, 3600 * kSecond) == Fate::Wait);
  alarming.isInAlarm = false;
  CHECK(trial.judge(alarming, 3600 * kSecond + 1) == Fate::RollBack);
}

TEST_CASE("three quick resets: the network stays off for ten minutes, and no longer") {
  Restarts board;
  for (int start = 0; start < 3; ++start) {
    SafeMode mode = board.restart();
    CHECK_FALSE(mode.isSafe());
    CHECK(mode.mayNetwork(0));
  }
  SafeMode mode = board.restart(false, 1000);
  CHECK(mode.isSafe());
  CHECK(mode.quickStarts() == 4);
  CHECK_FALSE(mode.turn(1000));
  CHECK_FALSE(mode.mayNetwork(1000 + SafeMode::kFirst - 1));
  CHECK(mode.mayNetwork(1000 + SafeMode::kFirst));
  CHECK_FALSE(mode.isSafe());
  // Once it may, a wrap of the clock takes nothing back.
  CHECK(mode.mayNetwork(5));
}

TEST_CASE("each further quick reset keeps the network off twice as long, at most a day") {
  Restarts board;
  for (int start = 0; start < 3; ++start) board.restart();
  Millis due = SafeMode::kFirst;
  for (int start = 0; start < 300; ++start) {
    SafeMode mode = board.restart();
    CHECK_FALSE(mode.mayNetwork(due - 1));
    CHECK(mode.mayNetwork(due));
    due = due * 2 < SafeMode::kLongest ? due * 2 : SafeMode::kLongest;
  }
}

TEST_CASE("a good minute forgets all quick starts, and says so once") {
  Restarts board;
  for (int start = 0; start < 3; ++start) board.restart();
  SafeMode mode = board.restart();
  CHECK_FALSE(mode.turn(SafeMode::kFirst));
  CHECK_FALSE(mode.turn(SafeMode::kFirst + SafeMode::kGoodAfter - 1));
  CHECK(mode.turn(SafeMode::kFirst + SafeMode::kGoodAfter));
  CHECK_FALSE(mode.turn(SafeMode::kFirst + SafeMode::kGoodAfter + 1));
  mode.write(board.kept);
  CHECK(board.restart().quickStarts() == 1);
}

TEST_CASE("starts that were asked for do not count") {
  Restarts board;
  for (int start = 0; start < 3; ++start) board.restart();
  for (int start = 0; start < 5; ++start) CHECK_FALSE(board.restart(true).isSafe());
  CHECK(board.restart().isSafe());
}

TEST_CASE("what was kept of starts and is damaged counts as none") {
  Restarts board;
  for (int start = 0; start < 5; ++start) board.restart();
  for (size_t at = 0; at < SafeMode::kSize; ++at) {
    uint8_t damaged[SafeMode::kSize];
    memcpy(damaged, board.kept, sizeof damaged);
    damaged[at] ^= 1;
    CHECK(SafeMode(damaged, sizeof damaged, false, 0).quickStarts() == 1);
  }
  CHECK(SafeMode(board.kept, 4, false, 0).quickStarts() == 1);
  uint8_t many[SafeMode::kSize] = {200};
  const uint8_t starts = 200;
  const uint32_t sum = crc32(&starts, 1);
  for (int n = 0; n < 4; ++n) many[n + 1] = static_cast<uint8_t>(sum >> (8 * (3 - n)));
  CHECK(SafeMode(many, sizeof many, false, 0).quickStarts() == 1);
}

TEST_CASE("HMAC by mbedTLS is that of RFC 4231") {
  const std::vector<uint8_t> key = bytesOf("4a656665");
  const std::string text = "what do ya want for nothing?";
  uint8_t mac[32];
  REQUIRE(mbedtlsHmac(key.data(), key.size(), text.data(), text.size(), mac));
  CHECK(std::vector<uint8_t>(mac, mac + 32) == bytesOf("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
}
