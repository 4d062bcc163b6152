#include <doctest/doctest.h>
#include <mbedtls/md.h>

#include <cstring>
#include <random>

#include "HomewardCore.h"
#include "contract.h"

using namespace homeward;

namespace {

bool hmac(const uint8_t* key, size_t keyLength, const char* text, size_t length, uint8_t out[32]) {
  const mbedtls_md_info_t* const sha = mbedtls_md_info_from_type(MBEDTLS_MD_SHA256);
  return mbedtls_md_hmac(sha, key, keyLength, reinterpret_cast<const uint8_t*>(text), length, out) == 0;
}

bool brokenHmac(const uint8_t*, size_t, const char*, size_t, uint8_t[32]) { return false; }

const uint8_t kKey[32] = {1, 2, 3, 4, 5, 6, 7, 8};
const uint8_t kChance[16] = {0xde, 0xad, 0xbe, 0xef, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};

std::string hex(const uint8_t* bytes, size_t count) {
  std::string all;
  for (size_t n = 0; n < count; ++n) {
    char two[3];
    snprintf(two, sizeof two, "%02x", bytes[n]);
    all += two;
  }
  return all;
}

std::string sign(const std::string& cmd, const std::string& door, const std::string& nonce, const std::string& counter) {
  const std::string text = "homeward-command-1\n" + cmd + "\n" + door + "\n" + nonce + "\n" + counter;
  uint8_t mac[32];
  hmac(kKey, sizeof kKey, text.data(), text.size(), mac);
  return hex(mac, sizeof mac);
}

std::string command(const std::string& cmd, const std::string& door, const std::string& nonce, const std::string& counter) {
  return "{\"cmd\":\"" + cmd + "\",\"door\":\"" + door + "\",\"nonce\":\"" + nonce + "\",\"counter\":" + counter +
         ",\"mac\":\"" + sign(cmd, door, nonce, counter) + "\"}";
}

struct Guarded {
  CommandGuard guard{hmac, kKey, sizeof kKey, "front", 41};
  char cmd[CommandGuard::kWordSize];
  Answer judge(const std::string& text, Millis now = 1000, bool retained = false) {
    return guard.judge(text.data(), text.size(), retained, now, cmd);
  }
};

bool reads(const std::string& text) {
  FlatObject object;
  return object.read(text.data(), text.size());
}

}  // namespace

TEST_CASE("a flat object is read to the letter") {
  FlatObject object;
  const std::string text = " { \"cmd\" : \"unlock\" ,\n\t\"counter\": 42, \"zero\":0, \"empty\":\"\"} \r\n";
  REQUIRE(object.read(text.data(), text.size()));
  CHECK(object.fields() == 4);
  char word[8];
  CHECK(object.word("cmd", word, sizeof word));
  CHECK(std::string(word) == "unlock");
  CHECK(object.word("empty", word, sizeof word));
  CHECK(std::string(word).empty());
  uint32_t number = 7;
  CHECK(object.number("counter", number));
  CHECK(number == 42);
  CHECK(object.number("zero", number));
  CHECK(number == 0);
  CHECK_FALSE(object.number("cmd", number));
  CHECK_FALSE(object.number("none", number));
  CHECK_FALSE(object.word("counter", word, sizeof word));
  CHECK_FALSE(object.word("none", word, sizeof word));
  char small[6];
  CHECK_FALSE(object.word("cmd", small, sizeof small));
}

TEST_CASE("what is not plainly such an object is refused whole") {
  CHECK(reads("{}"));
  CHECK(reads("{ }"));
  for (const char* const text :
       {"", " ", "{", "}", "[]", "null", "{}{}", "{},", "{\"a\"}", "{\"a\":}", "{\"a\":1", "{\"a\":1,}", "{,\"a\":1}", "{a:1}",
        "{\"a\":01}", "{\"a\":-1}", "{\"a\":1.5}", "{\"a\":1e3}", "{\"a\":true}", "{\"a\":null}", "{\"a\":{}}", "{\"a\":[1]}",
        "{\"a\":\"b}", "{\"a\":\"\\u0041\"}", "{\"a\":\"b\\\"\"}", "{\"a\":1,\"a\":2}", "{\"a\":1 \"b\":2}", "{\"a\" 1}",
        "{\"a\":\"\x01\"}", "{\"a\":\"\xc3\xa4\"}", "{'a':1}", "{\"a\":1}x", "\xef\xbb\xbf{}", "{\"a\":1;\"b\":2}", "{\"a", "{\"a\":"}) {
    CAPTURE(text);
    CHECK_FALSE(reads(text));
  }
  CHECK_FALSE(reads(std::string("{\"a\":\"\0\"}", 9)));
}

TEST_CASE("the key of one field does not pass for that of another inside a value") {
  FlatObject object;
  const std::string text = "{\"note\":\"cmd: unlock\",\"cm\":\"x\",\"cmdx\":\"y\"}";
  REQUIRE(object.read(text.data(), text.size()));
  char word[32];
  CHECK_FALSE(object.word("cmd", word, sizeof word));
}

TEST_CASE("no more fields than there is room for, no longer text, no larger number") {
  std::string eight = "{";
  for (char key = 'a'; key < 'i'; ++key) eight += std::string(key == 'a' ? "" : ",") + "\"" + key + "\":1";
  CHECK(reads(eight + "}"));
  CHECK_FALSE(reads(eight + ",\"i\":1}"));
  const std::string filled = "{\"a\":\"" + std::string(FlatObject::kLongest - 8, 'x') + "\"}";
  CHECK(filled.size() == FlatObject::kLongest);
  CHECK(reads(filled));
  CHECK_FALSE(reads(filled + " "));
  FlatObject object;
  const std::string most = "{\"a\":4294967295,\"b\":4294967296,\"c\":11111111111}";
  REQUIRE(object.read(most.data(), most.size()));
  uint32_t number = 0;
  CHECK(object.number("a", number));
  CHECK(number == UINT32_MAX);
  CHECK_FALSE(object.number("b", number));
  CHECK_FALSE(object.number("c", number));
}

TEST_CASE("an object that was refused holds nothing of what came before") {
  FlatObject object;
  const std::string good = "{\"a\":1}";
  const std::string bad = "{\"a\":1,";
  object.read(good.data(), good.size());
  CHECK_FALSE(object.read(bad.data(), bad.size()));
  CHECK(object.fields() == 0);
}

TEST_CASE("ACC-7 a command with the right signature is obeyed, once") {
  Guarded door;
  const std::string nonce = door.guard.issue(kChance, 0);
  CHECK(nonce == "deadbeef000102030405060708090a0b");
  const std::string text = command("unlock", "front", nonce, "42");
  CHECK(door.judge(text) == Answer::Obeyed);
  CHECK(std::string(door.cmd) == "unlock");
  CHECK(door.guard.counter() == 42);
  CHECK(door.judge(text) == Answer::NoNonce);
  CHECK(std::string(door.cmd).empty());
}

TEST_CASE("ACC-7 signatures are those of the contract") {
  for (const Row& row : readContract("commands.csv")) {
    CHECK(sign(row.at("cmd"), row.at("door"), row.at("nonce"), row.at("counter")) == row.at("mac"));
  }
}

TEST_CASE("ACC-7 a retained command is refused and costs nothing") {
  Guarded door;
  const std::string nonce = door.guard.issue(kChance, 0);
  const std::string text = command("unlock", "front", nonce, "42");
  CHECK(door.judge(text, 1000, true) == Answer::Retained);
  CHECK(door.judge(text, 1000) == Answer::Obeyed);
}

TEST_CASE("ACC-7 a nonce is good for less than 5 s of the board's clock, also over its wrap") {
  Guarded door;
  std::string nonce = door.guard.issue(kChance, UINT32_MAX - 999);
  CHECK(door.judge(command("unlock", "front", nonce, "42"), 3999) == Answer::Obeyed);
  nonce = door.guard.issue(kChance, 0);
  CHECK(door.judge(command("unlock", "front", nonce, "43"), 5000) == Answer::Expired);
}

TEST_CASE("ACC-7 without a nonce, with another or an older one nothing opens") {
  Guarded door;
  const std::string old = "00000000000000000000000000000000";
  CHECK(door.judge(command("unlock", "front", old, "42")) == Answer::NoNonce);
  CHECK(door.judge(command("unlock", "front", "", "42")) == Answer::NoNonce);
  const std::string first = door.guard.issue(kChance, 0);
  const uint8_t other[16] = {9};
  door.guard.issue(other, 0);
  CHECK(door.judge(command("unlock", "front", first, "42")) == Answer::NoNonce);
}

TEST_CASE("ACC-7 another door, an old counter: refused, and no try at guessing") {
  Guarded door;
  std::string nonce = door.guard.issue(kChance, 0);
  CHECK(door.judge(command("unlock", "back", nonce, "42")) == Answer::OtherDoor);
  nonce = door.guard.issue(kChance, 0);
  CHECK(door.judge(command("unlock", "front", nonce, "41")) == Answer::OldCounter);
  nonce = door.guard.issue(kChance, 0);
  CHECK(door.judge(command("unlock", "front", nonce, "0")) == Answer::OldCounter);
  CHECK(door.guard.fails() == 0);
  CHECK(door.guard.counter() == 41);
}

TEST_CASE("ACC-7 any changed digit of the signature is found") {
  for (size_t at = 0; at < 64; ++at) {
    Guarded door;
    const std::string nonce = door.guard.issue(kChance, 0);
    std::string text = command("unlock", "front", nonce, "42");
    char& digit = text.at(text.size() - 66 + at);
    digit = digit == '0' ? '1' : '0';
    CHECK(door.judge(text) == Answer::WrongMac);
    CHECK(std::string(door.cmd).empty());
  }
}

TEST_CASE("five wrong signatures lock everybody out for a minute") {
  Guarded door;
  for (int n = 0; n < 5; ++n) {
    const std::string nonce = door.guard.issue(kChance, 0);
    const std::string text = command("unlock", "front", nonce, "42");
    CHECK(door.judge(text.substr(0, text.size() - 3) + "x\"}") == Answer::WrongMac);
  }
  const std::string nonce = door.guard.issue(kChance, 60999);
  const std::string text = command("unlock", "front", nonce, "42");
  CHECK(door.judge(text, 60999) == Answer::LockedOut);
  CHECK(door.judge(text, 61000) == Answer::Obeyed);
}

TEST_CASE("a right signature forgives the wrong ones before it") {
  Guarded door;
  for (int n = 0; n < 4; ++n) {
    const std::string nonce = door.guard.issue(kChance, 0);
    std::string text = command("unlock", "front", nonce, "42");
    text.at(text.size() - 3) = text.at(text.size() - 3) == 'a' ? 'b' : 'a';
    CHECK(door.judge(text) == Answer::WrongMac);
  }
  CHECK(door.guard.fails() == 4);
  const std::string nonce = door.guard.issue(kChance, 0);
  CHECK(door.judge(command("unlock", "front", nonce, "42")) == Answer::Obeyed);
  CHECK(door.guard.fails() == 0);
}

TEST_CASE("what is no command is malformed, and costs neither nonce nor try") {
  Guarded door;
  const std::string nonce = door.guard.issue(kChance, 0);
  const std::string good = command("unlock", "front", nonce, "42");
  const std::string longWord(CommandGuard::kWordSize, 'x');
  for (const std::string& text :
       {std::string("open"), std::string("{}"), good.substr(0, good.size() - 1) + ",\"more\":1}",
        command(longWord, "front", nonce, "42"), command("unlock", longWord, nonce, "42"),
        command("unlock", "front", nonce + "0", "42"), command("unlock", "front", nonce, "\"42\""),
        good.substr(0, good.size() - 3) + "\"}", good.substr(0, good.size() - 2) + "0\"}"}) {
    CAPTURE(text);
    CHECK(door.judge(text) == Answer::Malformed);
  }
  CHECK(door.judge(good) == Answer::Obeyed);
}

TEST_CASE("a signature that cannot be computed opens nothing") {
  CommandGuard guard(brokenHmac, kKey, sizeof kKey, "front", 0);
  char cmd[CommandGuard::kWordSize];
  const std::string text = command("unlock", "front", guard.issue(kChance, 0), "1");
  CHECK(guard.judge(text.data(), text.size(), false, 0, cmd) == Answer::WrongMac);
}

TEST_CASE("every answer has a word of its own") {
  std::map<std::string, int> words;
  for (uint8_t n = 0; n <= static_cast<uint8_t>(Answer::WrongMac); ++n) ++words[wordOf(static_cast<Answer>(n))];
  CHECK(words.size() == 9);
}

TEST_CASE("of 100,000 fuzzed commands none is obeyed") {
  std::mt19937 chance(20261123);
  Guarded door;
  int obeyed = 0;
  for (int n = 0; n < 100000; ++n) {
    const Millis now = static_cast<Millis>(n) * 100;
    const std::string nonce = door.guard.issue(kChance, now);
    std::string text = command("unlock", "front", nonce, "42");
    const std::string whole = text;
    const int cuts = 1 + static_cast<int>(chance() % 4);
    for (int cut = 0; cut < cuts && !text.empty(); ++cut) {
      const size_t at = chance() % text.size();
      switch (chance() % 4) {
        case 0: text[at] = static_cast<char>(chance()); break;
        case 1: text.erase(at, 1 + chance() % 8); break;
        case 2: text.insert(at, 1 + chance() % 600, static_cast<char>(chance())); break;
        default: text.insert(at, whole.substr(chance() % whole.size(), 1 + chance() % 40)); break;
      }
    }
    if (text == whole) continue;
    // A blank more or less between the parts is the same command.
    if (door.judge(text, now) == Answer::Obeyed && command("unlock", "front", nonce, "42") != whole) ++obeyed;
    if (door.guard.counter() != 41) {
      std::string bare;
      for (const char c : text) {
        if (c != ' ' && c != '\t' && c != '\r' && c != '\n') bare += c;
      }
      CHECK(bare == whole);
      door = Guarded();
    }
  }
  CHECK(obeyed == 0);
}

TEST_CASE("ACC-8 the strike is open for one pulse, never longer than 5 s, and a row of commands does not hold it") {
  LockPulse strike(60 * kSecond);
  CHECK_FALSE(strike.isOpen(0));
  strike.open(0);
  for (Millis at = 0; at < 5 * kSecond; at += 100) {
    strike.open(at);
    CHECK(strike.isOpen(at));
  }
  CHECK_FALSE(strike.isOpen(5 * kSecond));
  strike.open(6 * kSecond);
  CHECK(strike.isOpen(6 * kSecond));
  strike.relock();
  CHECK_FALSE(strike.isOpen(6 * kSecond));
  LockPulse brief(2 * kSecond);
  brief.open(UINT32_MAX - 500);
  CHECK(brief.isOpen(1000));
  CHECK_FALSE(brief.isOpen(1500));
}
