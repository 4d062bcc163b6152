#include <doctest/doctest.h>

#include <cstring>
#include <random>

#include "setup/broker_identity.h"
#include "wire.h"

using namespace homeward;

namespace {

bool isIdentity(const Bytes& bytes) {
  static BrokerIdentity identity;
  return readIdentity(bytes.data(), bytes.size(), identity);
}

/** One part with its number and length. */
Bytes part(uint8_t number, const Bytes& content) {
  return joinedBytes({{number, static_cast<uint8_t>(content.size() >> 8), static_cast<uint8_t>(content.size())}, content});
}

/** A plain identity of parts 1 to 5, one of them as it is given. */
Bytes plainWith(uint8_t number, const Bytes& content) {
  const std::vector<Bytes> usual = {text("hub"), {0x07, 0x5b}, {0}, text("me"), text("secret")};
  Bytes all;
  for (uint8_t n = 1; n <= 5; ++n) {
    const Bytes one = part(n, n == number ? content : usual[n - 1u]);
    all.insert(all.end(), one.begin(), one.end());
  }
  return all;
}

}  // namespace

TEST_CASE("an identity is read to the letter") {
  BrokerIdentity identity;
  const Bytes whole = golden("identity");
  REQUIRE(readIdentity(whole.data(), whole.size(), identity));
  CHECK(std::string(identity.host) == "homeward.local");
  CHECK(identity.port == 8883);
  CHECK(identity.isTls);
  CHECK(std::string(identity.password) == "not-a-secret-0123456789abcdefghij");
  CHECK(std::string(identity.ca).find("BEGIN CERTIFICATE") != std::string::npos);
  CHECK_FALSE(identity.hasDoorKey);
  const Bytes plain = golden("identity plain");
  REQUIRE(readIdentity(plain.data(), plain.size(), identity));
  CHECK_FALSE(identity.isTls);
  CHECK(identity.ca[0] == '\0');
  CHECK(isIdentity(plainWith(0, {})));
}

TEST_CASE("an identity of which anything is cut off is none") {
  const Bytes whole = golden("identity");
  for (size_t count = 0; count < whole.size(); ++count) CHECK_FALSE(isIdentity(Bytes(whole.begin(), whole.begin() + static_cast<long>(count))));
}

TEST_CASE("an identity with a part that cannot be is none") {
  CHECK_FALSE(isIdentity(plainWith(1, {})));
  CHECK_FALSE(isIdentity(plainWith(1, text("a hub"))));
  CHECK_FALSE(isIdentity(plainWith(1, Bytes(254, 'h'))));
  CHECK(isIdentity(plainWith(1, Bytes(253, 'h'))));
  CHECK_FALSE(isIdentity(plainWith(2, {0, 0})));
  CHECK_FALSE(isIdentity(plainWith(2, {1})));
  CHECK_FALSE(isIdentity(plainWith(3, {2})));
  CHECK_FALSE(isIdentity(plainWith(3, {0, 0})));
  CHECK_FALSE(isIdentity(plainWith(3, {1})));
  for (const char* const name : {"", "a/b", "a#", "a+b", "a b", "\xc3\xa9", "@", "[", "`", "{", ":"}) CHECK_FALSE(isIdentity(plainWith(4, text(name))));
  CHECK(isIdentity(plainWith(4, text("Az_-09"))));
  CHECK_FALSE(isIdentity(plainWith(4, Bytes(65, 'a'))));
  CHECK_FALSE(isIdentity(plainWith(5, {'a', 0, 'b'})));
  CHECK_FALSE(isIdentity(plainWith(5, {'a', 0x7f})));
  CHECK_FALSE(isIdentity(plainWith(5, Bytes(129, 'p'))));
}

TEST_CASE("parts of an identity come in order, each once, and none is nought") {
  const Bytes plain = plainWith(0, {});
  CHECK_FALSE(isIdentity(joinedBytes({plain, part(5, text("again"))})));
  CHECK_FALSE(isIdentity(joinedBytes({part(2, {1, 1}), plain})));
  CHECK_FALSE(isIdentity(joinedBytes({part(0, {}), plain})));
  CHECK_FALSE(isIdentity(joinedBytes({plain, part(6, text("an authority that is not asked for"))})));
  CHECK(isIdentity(joinedBytes({plain, part(9, text("of a later hub")), part(200, {})})));
  CHECK_FALSE(isIdentity(joinedBytes({plain, {9, 0}})));
  CHECK_FALSE(isIdentity(joinedBytes({plain, part(9, Bytes(kMostIdentity, 0))})));
}

TEST_CASE("an identity may bring the key of a door and that of updates") {
  BrokerIdentity identity;
  const Bytes with = joinedBytes({plainWith(0, {}), part(7, Bytes(32, 7)), part(8, Bytes(64, 8))});
  REQUIRE(readIdentity(with.data(), with.size(), identity));
  CHECK(identity.hasDoorKey);
  CHECK(identity.doorKey[31] == 7);
  CHECK(identity.hasUpdateKey);
  CHECK(identity.updateKey[63] == 8);
  CHECK_FALSE(isIdentity(joinedBytes({plainWith(0, {}), part(7, Bytes(31, 7))})));
  CHECK_FALSE(isIdentity(joinedBytes({plainWith(0, {}), part(8, Bytes(65, 8))})));
}

TEST_CASE("an authority has the characters of PEM and no others") {
  Bytes start = {};
  const auto withCa = [](const Bytes& ca) {
    Bytes all = plainWith(3, {1});
    const Bytes one = part(6, ca);
    all.insert(all.end(), one.begin(), one.end());
    return all;
  };
  CHECK(isIdentity(withCa(text("-----BEGIN\r\nMII=\n"))));
  CHECK(isIdentity(withCa(Bytes(4096, 'A'))));
  CHECK_FALSE(isIdentity(withCa(Bytes(4097, 'A'))));
  CHECK_FALSE(isIdentity(withCa({'A', '\t'})));
  CHECK_FALSE(isIdentity(withCa({'A', 0x80})));
}

TEST_CASE("100,000 damaged identities: no crash, and what is read has ends within its room") {
  std::mt19937 chance(11);
  static BrokerIdentity identity;
  const Bytes whole = golden("identity");
  int wrong = 0;
  for (int n = 0; n < 100000; ++n) {
    Bytes bytes = whole;
    for (int change = 0; change < 3; ++change) bytes[chance() % bytes.size()] = static_cast<uint8_t>(chance());
    const bool isRead = readIdentity(bytes.data(), bytes.size(), identity);
    if (!isRead && identity.host[0] != '\0') ++wrong;
    if (strnlen(identity.ca, sizeof identity.ca) == sizeof identity.ca) ++wrong;
    if (strnlen(identity.username, sizeof identity.username) == sizeof identity.username) ++wrong;
  }
  CHECK(wrong == 0);
}
