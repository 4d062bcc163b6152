#include <doctest/doctest.h>

#include <cstring>
#include <random>
#include <string>
#include <vector>

#include "homeward/checksum.h"
#include "setup/serial_setup.h"
#include "wire.h"

using namespace homeward;

namespace {

struct Port : SetupPort {
  Bytes wire;
  WifiKey key = {};
  int joins = 0;
  int searches = 0;
  Bytes kept;
  std::string host;
  std::string username;
  bool isFull = false;
  void write(const uint8_t* bytes, size_t count) override { wire.insert(wire.end(), bytes, bytes + count); }
  void join(const WifiKey& wifi) override {
    key = wifi;
    ++joins;
  }
  void search() override { ++searches; }
  bool keepIdentity(const uint8_t* bytes, size_t count) override {
    if (!isFull) kept.assign(bytes, bytes + count);
    return !isFull;
  }
  void identified(const BrokerIdentity& identity) override {
    host = identity.host;
    username = identity.username;
  }
};

struct Bench {
  Port port;
  SerialSetup setup{port, {"kitchen-air-48213", "kitchen-air-48213", "Homeward air", "1.0.0"}, "ESP32"};
  Millis now = 0;
  /** Says that. @returns what came back meanwhile */
  Bytes say(const Bytes& bytes) {
    port.wire.clear();
    for (const uint8_t byte : bytes) setup.put(byte, now);
    return port.wire;
  }
  Bytes say(const std::string& what) { return say(golden(what)); }
};

/** A call that the contract has no row for. */
Bytes call(uint8_t what, const Bytes& data) {
  Bytes body = {what, static_cast<uint8_t>(data.size())};
  body.insert(body.end(), data.begin(), data.end());
  uint8_t out[kImprovMost];
  const size_t count = writeImprov(ImprovType::Call, body.data(), static_cast<uint8_t>(body.size()), out);
  return Bytes(out, out + count);
}

}  // namespace

TEST_CASE("Improv: who it is, as the contract has it") {
  Bench bench;
  CHECK(bench.say("call info") == joinedBytes({golden("error none"), golden("result info")}));
}

TEST_CASE("Improv: into the Wi-Fi") {
  Bench bench;
  CHECK(bench.say("call state") == joinedBytes({golden("error none"), golden("state ready")}));
  CHECK(bench.say("call wifi") == joinedBytes({golden("error none"), golden("state joining")}));
  CHECK(std::string(bench.port.key.ssid) == "MyWirelessAP");
  CHECK(std::string(bench.port.key.password) == "mysecurepassword");
  bench.port.wire.clear();
  bench.setup.joined();
  CHECK(bench.port.wire == joinedBytes({golden("state joined"), golden("result wifi")}));
  const Bytes state = bench.say("call state");
  CHECK(state.size() > golden("state joined").size() + golden("error none").size());
}

TEST_CASE("Improv: a Wi-Fi that says no, and one that says nothing for 30 s") {
  Bench bench;
  bench.say("call wifi open");
  CHECK(std::string(bench.port.key.ssid) == "Caf\xc3\xa9" "2");
  CHECK(bench.port.key.password[0] == '\0');
  bench.port.wire.clear();
  bench.setup.failed();
  CHECK(bench.port.wire == joinedBytes({golden("error no wifi"), golden("state ready")}));
  bench.say("call wifi");
  bench.port.wire.clear();
  bench.setup.turn(SerialSetup::kJoinsIn - 1);
  CHECK(bench.port.wire.empty());
  bench.setup.turn(SerialSetup::kJoinsIn);
  CHECK(bench.port.wire == joinedBytes({golden("error no wifi"), golden("state ready")}));
  bench.port.wire.clear();
  bench.setup.turn(kMinute);
  CHECK(bench.port.wire.empty());
}

TEST_CASE("Improv: a Wi-Fi that comes and goes by itself is told to nobody") {
  Bench bench;
  bench.setup.failed();
  bench.setup.joined();
  CHECK(bench.port.wire.empty());
}

TEST_CASE("Improv: networks, one result each and an empty one") {
  Bench bench;
  bench.setup.found("before", -10, false);
  CHECK(bench.port.wire.empty());
  CHECK(bench.say("call scan") == golden("error none"));
  CHECK(bench.port.searches == 1);
  bench.port.wire.clear();
  bench.setup.found("MyWirelessAP", -60, true);
  CHECK(bench.port.wire == golden("result scan network"));
  bench.port.wire.clear();
  bench.setup.found("open", 0, false);
  CHECK(bench.port.wire.size() > 0);
  bench.port.wire.clear();
  bench.setup.searched();
  CHECK(bench.port.wire == golden("result scan end"));
  bench.port.wire.clear();
  bench.setup.searched();
  CHECK(bench.port.wire.empty());
}

TEST_CASE("Improv: an identity in pieces") {
  Bench bench;
  const Bytes none = golden("error none");
  CHECK(bench.say("call begin") == joinedBytes({none, golden("result begin")}));
  for (const std::string n : {"1", "2", "3"}) {
    CHECK(bench.say("call piece " + n) == joinedBytes({none, golden("result piece " + n)}));
    // Once more, as if the answer had been lost.
    CHECK(bench.say("call piece " + n) == joinedBytes({none, golden("result piece " + n)}));
  }
  CHECK(bench.port.kept.empty());
  CHECK(bench.say("call keep") == joinedBytes({none, golden("result keep")}));
  CHECK(bench.port.kept == golden("identity"));
  CHECK(bench.port.host == "homeward.local");
  CHECK(bench.port.username == "kitchen-air-48213");
  // What came is forgotten: it cannot be kept twice.
  CHECK(bench.say("call keep") == golden("error identity"));
}

TEST_CASE("Improv: an identity with a gap, a wrong sum, too few, or where there is no room") {
  Bench bench;
  const Bytes refused = golden("error identity");
  CHECK(bench.say("call keep") == refused);
  CHECK(bench.say("call piece 1") == refused);
  bench.say("call begin");
  CHECK(bench.say("call piece 2") == refused);
  bench.say("call piece 1");
  CHECK(bench.say("call piece 3") == refused);
  CHECK(bench.say("call keep") == refused);
  bench.say("call piece 2");
  bench.say("call piece 3");
  bench.port.isFull = true;
  CHECK(bench.say("call keep") == refused);
  bench.port.isFull = false;
  CHECK(bench.say("call keep") != refused);
  Bytes begin = golden("call begin");
  // The sum in the packet is of the identity's CRC too.
  begin[13]++;
  begin[begin.size() - 2]++;
  bench.say(begin);
  for (const char* const n : {"1", "2", "3"}) bench.say(std::string("call piece ") + n);
  CHECK(bench.say("call keep") == refused);
}

TEST_CASE("Improv: pieces that say another thing than before, go beyond, or are none") {
  Bench bench;
  const Bytes refused = golden("error identity");
  bench.say(call(0xa0, {0, 4, 0, 0, 0, 0}));
  CHECK(bench.say(call(0xa1, {0, 0})) == refused);
  CHECK(bench.say(call(0xa1, {0, 0, 1, 2})) != refused);
  CHECK(bench.say(call(0xa1, {0, 0, 1, 3})) == refused);
  CHECK(bench.say(call(0xa1, {0, 1, 2, 3})) == refused);
  CHECK(bench.say(call(0xa1, {0, 1, 2})) != refused);
  CHECK(bench.say(call(0xa1, {0, 2, 1, 2, 3})) == refused);
  CHECK(bench.say(call(0xa1, Bytes(195, 0))) == refused);
  CHECK(bench.say(call(0xa0, {0, 0, 0, 0, 0, 0})) == refused);
  CHECK(bench.say(call(0xa0, {0, 4, 0, 0, 0})) == refused);
  CHECK(bench.say(call(0xa0, {0xff, 0xff, 0, 0, 0, 0})) == refused);
}

TEST_CASE("Improv: what came whole and is no identity is not kept") {
  Bench bench;
  const uint8_t nonsense[] = {1, 2, 3};
  const uint32_t sum = crc32(nonsense, sizeof nonsense);
  Bytes begin = {0, 3};
  for (int n = 3; n >= 0; --n) begin.push_back(static_cast<uint8_t>(sum >> (8 * n)));
  bench.say(call(0xa0, begin));
  bench.say(call(0xa1, {0, 0, 1, 2, 3}));
  CHECK(bench.say(call(0xa2, {})) == golden("error identity"));
  CHECK(bench.port.kept.empty());
}

TEST_CASE("Improv: what it does not know, and what is damaged") {
  Bench bench;
  CHECK(bench.say(call(0x7f, {})) == golden("error unknown call"));
  const Bytes malformed = golden("error malformed");
  Bytes damaged = golden("call info");
  damaged[damaged.size() - 2] ^= 1;
  CHECK(bench.say(damaged) == malformed);
  for (const Bytes& wifi : std::vector<Bytes>{{}, {0}, {0, 0}, {3, 'a', 'b'}, {1, 'a', 3, 'b'}, {1, 'a', 1, 'b'}, {2, 'a', 0, 0},
                                              {1, 'a', 8, 'b', 'b', 'b', 'b', 'b', 'b', 'b', 0}}) {
    CHECK(bench.say(call(0x01, wifi)) == malformed);
  }
  CHECK(bench.say(call(0x01, joinedBytes({{33}, Bytes(33, 'a'), {0}}))) == malformed);
  CHECK(bench.say(call(0x01, joinedBytes({{1, 'a', 65}, Bytes(65, 'a')}))) == malformed);
  CHECK(bench.port.joins == 0);
  // A call whose own length is not that of its packet, one that is too short to have any, and packets that are no calls.
  uint8_t out[kImprovMost];
  const uint8_t wrong[] = {0x02, 0x01};
  size_t count = writeImprov(ImprovType::Call, wrong, 2, out);
  CHECK(bench.say(Bytes(out, out + count)) == malformed);
  count = writeImprov(ImprovType::Call, wrong, 1, out);
  CHECK(bench.say(Bytes(out, out + count)) == malformed);
  count = writeImprov(ImprovType::Call, nullptr, 0, out);
  CHECK(bench.say(Bytes(out, out + count)) == malformed);
  CHECK(bench.say("state joined").empty());
  CHECK(bench.say("result info").empty());
}

TEST_CASE("Improv: a call is heard behind a log, behind half a call, and after one that was given up") {
  Bench bench;
  const Bytes answer = joinedBytes({golden("error none"), golden("result info")});
  CHECK(bench.say(joinedBytes({text("IMPROVed boot: IMPRO\n"), golden("call info")})) == answer);
  const Bytes info = golden("call info");
  const Bytes half(info.begin(), info.begin() + 9);
  const Bytes said = bench.say(joinedBytes({half, golden("call info"), golden("call state")}));
  CHECK(Bytes(said.end() - static_cast<long>(golden("state ready").size()), said.end()) == golden("state ready"));
  const Bytes endless = {'I', 'M', 'P', 'R', 'O', 'V', 1, 3, 255, 1, 2, 3};
  CHECK(bench.say(endless).empty());
  bench.now += ImprovReader::kPatience;
  CHECK(bench.say("call info") == answer);
}

TEST_CASE("Improv: the longest packet there can be, and one that nobody asks for") {
  ImprovReader reader;
  ImprovPacket packet;
  uint8_t data[255];
  memset(data, 'x', sizeof data);
  uint8_t out[kImprovMost];
  const size_t count = writeImprov(ImprovType::Call, data, 255, out);
  CHECK(count == kImprovMost);
  for (int times = 0; times < 3; ++times) {
    for (size_t n = 0; n < count; ++n) reader.put(out[n], 0);
  }
  bool isFound = false;
  for (auto found = reader.next(packet); found != ImprovReader::Found::Nothing; found = reader.next(packet)) {
    isFound = isFound || found == ImprovReader::Found::Packet;
  }
  // The last of the three, for which the others had to give way.
  CHECK(isFound);
  for (size_t n = 0; n < count - 1; ++n) reader.put(out[n], 0);
  REQUIRE(reader.next(packet) == ImprovReader::Found::Packet);
  CHECK(packet.length == 255);
}

TEST_CASE("Improv: 2,000,000 bytes of garbage, some of it nearly right: nothing is joined, nothing is kept") {
  Bench bench;
  std::mt19937 chance(7);
  const Bytes wifi = golden("call wifi");
  const Bytes begin = golden("call begin");
  for (int n = 0; n < 50000; ++n) {
    Bytes bytes = chance() % 2 == 0 ? wifi : begin;
    bytes[chance() % (bytes.size() - 1)] ^= static_cast<uint8_t>(1 + chance() % 255);
    for (int more = 0; more < 20; ++more) bytes.push_back(static_cast<uint8_t>(chance()));
    bench.say(bytes);
  }
  CHECK(bench.port.joins == 0);
  CHECK(bench.port.kept.empty());
}

TEST_CASE("Improv: a result leaves out what has no room, and is never cut") {
  Port port;
  const std::string longName(200, 'n');
  SerialSetup setup(port, {"id", longName.c_str(), longName.c_str(), "1.0.0"}, "ESP32");
  for (const uint8_t byte : golden("call info")) setup.put(byte, 0);
  ImprovReader reader;
  ImprovPacket packet;
  int results = 0;
  for (const uint8_t byte : port.wire) {
    reader.put(byte, 0);
    if (reader.next(packet) == ImprovReader::Found::Packet && packet.type == ImprovType::Result) {
      ++results;
      CHECK(packet.length == 2 + 201 + 6 + 6);
    }
  }
  CHECK(results == 1);
}
