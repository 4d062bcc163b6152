#include <doctest/doctest.h>

#include <cstring>
#include <random>
#include <string>
#include <vector>

#include "setup/broker_identity.h"
#include "setup/setup_form.h"

using namespace homeward;

namespace {

/** What a field says; `-` when there is none. */
std::string field(const std::string& body, const char* name, size_t room = 64) {
  std::vector<char> out(room);
  const int32_t length = formField(body.data(), body.size(), name, out.data(), room);
  return length < 0 ? "-" : std::string(out.data(), static_cast<size_t>(length));
}

const std::string kForm =
    "ssid=home&password=&host=192.168.1.20&port=8883&tls=1&username=air-1&secret=a%26b&ca=-----BEGIN%0D%0AMII%2B%3D%0A";

bool isIdentity(const std::string& body, BrokerIdentity& identity) {
  static uint8_t bytes[kMostIdentity];
  const size_t count = identityOfForm(body.data(), body.size(), bytes);
  return count > 0 && readIdentity(bytes, count, identity);
}

std::string with(const std::string& from, const std::string& to) {
  std::string body = kForm;
  return body.replace(body.find(from), from.size(), to);
}

}  // namespace

TEST_CASE("a form: fields by name, blanks and escapes") {
  CHECK(field("ssid=my+home%21&password=p%C3%A9", "ssid") == "my home!");
  CHECK(field("ssid=my+home%21&password=p%C3%A9", "password") == "p\xc3\xa9");
  CHECK(field("ssid=&x=1", "ssid") == "");
  CHECK(field("a=%2f%2F", "a") == "//");
  CHECK(field("xssid=1&ssidx=2", "ssid") == "-");
  CHECK(field("ssid", "ssid") == "-");
  CHECK(field("", "ssid") == "-");
  CHECK(field("&&ssid=a&&", "ssid") == "a");
}

TEST_CASE("a form: twice, too long, a nought, or half an escape is nothing") {
  for (const char* const body : {"a=1&a=2", "a=%00", "a=%0", "a=%", "a=%g0", "a=%0g", "a=%4", "a=123456"}) {
    CAPTURE(body);
    CHECK(field(body, "a", 6) == "-");
  }
  CHECK(field("a=12345", "a", 6) == "12345");
  CHECK(field(std::string("a=x\0y", 5), "a") == "-");
}

TEST_CASE("a form becomes an identity, with an authority and without") {
  static BrokerIdentity identity;
  REQUIRE(isIdentity(kForm, identity));
  CHECK(std::string(identity.host) == "192.168.1.20");
  CHECK(identity.port == 8883);
  CHECK(std::string(identity.username) == "air-1");
  CHECK(std::string(identity.password) == "a&b");
  CHECK(std::string(identity.ca) == "-----BEGIN\r\nMII+=\n");
  REQUIRE(isIdentity(with("tls=1", "tls=0"), identity));
  CHECK_FALSE(identity.isTls);
}

TEST_CASE("a form of which a field is missing or cannot be is no identity") {
  static BrokerIdentity identity;
  for (const char* const name : {"host=", "port=", "tls=", "username=", "secret=", "ca="}) {
    CHECK_FALSE(isIdentity(with(name, "other="), identity));
  }
  for (const char* const port : {"0", "65536", "99999", "-1", "8883x", "", "888888"}) {
    CHECK_FALSE(isIdentity(with("port=8883", std::string("port=") + port), identity));
  }
  CHECK(isIdentity(with("port=8883", "port=65535"), identity));
  CHECK_FALSE(isIdentity(with("tls=1", "tls=2"), identity));
  CHECK_FALSE(isIdentity(with("tls=1", "tls="), identity));
  CHECK_FALSE(isIdentity(with("username=air-1", "username=a%2Fb"), identity));
}

TEST_CASE("a form of 100,000 kinds of garbage: no crash, and no field beyond its room") {
  std::mt19937 chance(3);
  const std::string letters("a=&%+0f\0z", 9);
  int wrong = 0;
  for (int n = 0; n < 100000; ++n) {
    std::string body;
    for (uint32_t left = chance() % 40; left > 0; --left) body += letters[chance() % 9];
    char out[8];
    const int32_t length = formField(body.data(), body.size(), "a", out, sizeof out);
    if (length >= 8 || (length >= 0 && strlen(out) != static_cast<size_t>(length))) ++wrong;
  }
  CHECK(wrong == 0);
}
