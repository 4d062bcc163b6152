#include <doctest/doctest.h>

#include "parts.h"

using namespace homeward;

namespace {

/** Beats, as the hub does, for so long. */
template <typename Of>
void live(Of& it, Millis span) {
  for (Millis gone = 0; gone < span; gone += 10 * kSecond) {
    it.beat();
    it.run(10 * kSecond);
  }
}

const char kSirenOn[] = "{\"state\":\"ON\",\"tone\":\"fire_t3\",\"duration\":180}";

}  // namespace

TEST_CASE("a board that is welcomed says who it is, that it is there, and how it stands, in that order") {
  Motion it(kMotion);
  it.run(kSecond);
  REQUIRE(it.said.size() >= 3);
  CHECK(it.said[0].leaf == Leaf::Announcement);
  CHECK(it.said[1].leaf == Leaf::Availability);
  CHECK(it.said[1].text == "online");
  CHECK(it.said[2].leaf == Leaf::State);
  CHECK(std::string(it.node.boot()) == "00010203");
  CHECK(it.said[2].text.rfind("{\"boot\":\"00010203\",\"seq\":1,\"upMs\":", 0) == 0);
}

TEST_CASE("everything is said anew after each connection, and once after a quick one that no turn saw") {
  Motion it(kMotion);
  it.run(kSecond);
  it.node.mail().disconnected(Trouble::Unreachable);
  it.run(kSecond);
  CHECK(it.status() == "unreachable");
  const int states = it.count(Leaf::State);
  it.run(kMinute);
  CHECK(it.count(Leaf::State) == states);
  it.node.mail().connected();
  it.run(kSecond);
  CHECK(it.count(Leaf::Announcement) == 2);
  CHECK(it.count(Leaf::Availability) == 2);
  CHECK(it.count(Leaf::State) > states);
  it.node.mail().disconnected(Trouble::Unreachable);
  it.node.mail().connected();
  it.run(kSecond);
  CHECK(it.count(Leaf::Announcement) == 3);
}

TEST_CASE("it announces itself again 1 to 5 s after Home Assistant, or the hub, started; once for many such words") {
  Motion it(kMotion);
  it.run(kSecond);
  it.hearTopic("homeassistant/status", "offline");
  it.hearTopic("homeassistant/status", "online", true);
  it.hearTopic("homeassistant/status", "online");
  it.run(kSecond - 10);
  CHECK(it.count(Leaf::Announcement) == 1);
  it.run(4 * kSecond + 20);
  CHECK(it.count(Leaf::Announcement) == 2);
  it.hearTopic("homeassistant/status", "online");
  it.node.mail().disconnected(Trouble::Unreachable);
  it.run(10 * kSecond);
  CHECK(it.count(Leaf::Announcement) == 2);
}

TEST_CASE("a network that takes nothing holds up nobody, and gets the rest when it takes again") {
  Motion it(kMotion, 1000, {}, false);
  it.takes = false;
  it.node.mail().connected();
  it.run(10 * kMinute);
  it.takes = true;
  it.run(2 * kSecond);
  CHECK(it.count(Leaf::Announcement) == 1);
  CHECK(it.count(Leaf::Availability) == 1);
  CHECK(it.count(Leaf::State) >= 1);
  it.takes = false;
  // Eight times on and off: more news than places.
  for (int n = 0; n < 8; ++n) {
    it.node.tamper(n % 2 == 0, it.now);
    it.run(kSecond);
  }
  it.node.mail().connected();
  it.run(kMinute);
  it.takes = true;
  it.run(3 * kSecond);
  CHECK(it.count(Leaf::Announcement) == 2);
  CHECK(it.told("tamper") == "OFF");
}

TEST_CASE("an announcement that finds no place is said when there is one") {
  Motion it(kMotion);
  live(it, kMinute);
  it.takes = false;
  for (int n = 0; n < 8; ++n) {
    it.node.tamper(n % 2 == 0, it.now);
    it.run(kSecond);
  }
  it.hearTopic("homeassistant/status", "online");
  it.run(6 * kSecond);
  it.takes = true;
  it.run(kSecond);
  CHECK(it.count(Leaf::Announcement) == 2);
  CHECK(it.count(Leaf::Availability) == 2);
}

TEST_CASE("a chirp of the hub is a siren that is on, one of the board's own is not") {
  Motion it(kMotion);
  it.run(kSecond);
  it.hear("siren/set", "{\"state\":\"ON\",\"tone\":\"chirp\",\"duration\":30}");
  it.run(kSecond);
  CHECK(it.told("siren") == "ON");
  it.run(2 * kMinute);
  CHECK(it.node.siren().tone() == Tone::Chirp);
  CHECK(it.told("siren") == "OFF");
}

TEST_CASE("a state is told every 30 s, and at once when something changed, but no more than five a second") {
  Motion it(kMotion);
  live(it, 2 * kMinute);
  const int before = it.count(Leaf::State);
  live(it, kMinute);
  CHECK(it.count(Leaf::State) == before + 2);
  const int then = it.count(Leaf::State);
  it.run(10 * kSecond, [&] { it.node.tamper(it.now / 60 % 2 == 0, it.now); });
  CHECK(it.count(Leaf::State) > then + 10);
  CHECK(it.count(Leaf::State) <= then + 51);
}

TEST_CASE("ARC-2 an alarm is said every second until the hub has it, with the time at which it happened") {
  Motion it(kMotion);
  live(it, 2 * kMinute);
  it.node.tamper(true, it.now);
  it.run(5 * kSecond);
  CHECK(it.count(Leaf::Alarm) == 5);
  const std::string alarm = it.last(Leaf::Alarm);
  CHECK(alarm.find("\"entity\":\"tamper\",\"value\":\"ON\"}") != std::string::npos);
  const std::string seq = alarm.substr(alarm.find("\"seq\":") + 6, alarm.find(",\"upMs\"") - alarm.find("\"seq\":") - 6);
  it.hear("ack", "{\"boot\":\"ffffffff\",\"seq\":" + seq + "}");
  it.hear("ack", "{\"boot\":\"a boot of many words\",\"seq\":" + seq + "}");
  it.hear("ack", "{\"seq\":" + seq + "}");
  it.hear("ack", "{\"boot\":\"00010203\",\"seq\":" + seq + "}", true);
  CHECK(it.status() == "retained");
  it.hear("ack", "{\"boot\":\"00010203\"}");
  it.hear("ack", "nonsense");
  CHECK(it.status() == "malformed");
  it.run(2 * kSecond);
  CHECK(it.count(Leaf::Alarm) == 7);
  it.hear("ack", "{\"boot\":\"00010203\",\"seq\":" + seq + "}");
  it.run(10 * kSecond);
  CHECK(it.count(Leaf::Alarm) == 7);
}

TEST_CASE("ARC-2 an alarm outlives ten minutes without a broker, and is said before the state that follows it") {
  Motion it(kMotion);
  live(it, 2 * kMinute);
  it.node.mail().disconnected(Trouble::Unreachable);
  it.node.tamper(true, it.now);
  it.run(kMinute);
  it.node.tamper(false, it.now);
  it.run(9 * kMinute);
  CHECK(it.count(Leaf::Alarm) == 0);
  it.said.clear();
  it.node.mail().connected();
  it.run(kSecond);
  REQUIRE(it.said.size() >= 4);
  CHECK(it.said[2].leaf == Leaf::Alarm);
  CHECK(it.said[3].leaf == Leaf::State);
  CHECK(it.told("tamper") == "OFF");
}

TEST_CASE("SIR-1 the hub's siren sounds for its lease, shorter when it says so, and is taken back") {
  Motion it(kMotion);
  live(it, 10 * kSecond);
  it.hear("siren/set", kSirenOn);
  CHECK(it.board.sounds.on);
  it.run(kSecond / 2);
  CHECK(it.told("siren") == "ON");
  live(it, 160 * kSecond);
  CHECK(it.node.siren().isOn());
  live(it, 20 * kSecond);
  CHECK_FALSE(it.node.siren().isOn());
  CHECK(it.told("siren") == "OFF");
  it.hear("siren/set", "{\"state\":\"ON\",\"tone\":\"gas\",\"duration\":2}");
  it.run(2 * kSecond - 20);
  CHECK(it.board.sounds.on);
  it.run(20);
  CHECK_FALSE(it.board.sounds.on);
  it.hear("siren/set", kSirenOn);
  it.hear("siren/set", "{\"state\":\"OFF\"}");
  CHECK_FALSE(it.board.sounds.on);
}

TEST_CASE("a siren that is told no tone, or one that it does not know, sounds all the same") {
  for (const char* const text : {"{\"state\":\"ON\"}", "{\"state\":\"ON\",\"tone\":\"polka\",\"duration\":4000000}"}) {
    Motion it(kMotion);
    it.hear("siren/set", text);
    CHECK(it.node.siren().tone() == Tone::Steady);
    it.run(29 * kSecond);
    CHECK(it.board.sounds.on);
    it.run(kSecond);
    CHECK_FALSE(it.board.sounds.on);
  }
}

TEST_CASE("F-13 a siren command that is retained, malformed or for a board without siren is refused and said") {
  Motion it(kMotion);
  live(it, 10 * kSecond);
  CHECK(it.status() == "ok");
  it.hear("siren/set", kSirenOn, true);
  CHECK(it.status() == "retained");
  for (const char* const text : {"", "ON", "{\"state\":\"on\"}", "{\"state\":1}", "{\"state\":\"MAYBE\"}", "{\"tone\":\"gas\"}"}) {
    it.hear("siren/set", text);
    CHECK(it.status() == "malformed");
  }
  it.hear("siren/set", std::string(Incoming::kMost + 1, ' '));
  CHECK(it.status() == "malformed");
  CHECK_FALSE(it.board.sounds.on);
  CHECK(it.node.refused() == 8);
  it.run(kSecond);
  CHECK(it.told("status") == "malformed");
  CHECK(it.told("refused") == "8");
  it.hear("siren/set", kSirenOn);
  CHECK(it.status() == "ok");
  DoorTrial door(kFrontDoor);
  door.hear("siren/set", kSirenOn);
  CHECK(door.status() == "foreign_topic");
  CHECK_FALSE(door.board.sounds.on);
}

TEST_CASE("what is refused is told for ten minutes") {
  Motion it(kMotion);
  live(it, 10 * kSecond);
  it.hearTopic("homeward/somebody/command", "{}");
  CHECK(it.status() == "foreign_topic");
  live(it, 10 * kMinute - 10 * kSecond);
  CHECK(it.status() == "foreign_topic");
  live(it, 10 * kSecond);
  CHECK(it.status() == "ok");
}

TEST_CASE("more than a board can hear at a time is dropped, counted and said") {
  Motion it(kMotion);
  for (int n = 0; n < 5; ++n) it.node.mail().deliver("hw-motion-11c0", "homeward/hub/beat", "1", 1, false);
  it.turn();
  CHECK(it.status() == "flooded");
}

TEST_CASE("SUP-4 a hub that was not heard for 60 s is lost: the board chirps and says so, and not when it beats again") {
  Motion it(kMotion);
  live(it, kMinute);
  CHECK(it.status() == "ok");
  int chirps = 0;
  bool was = false;
  it.run(3 * kMinute, [&] {
    if (it.board.sounds.on && !was) ++chirps;
    was = it.board.sounds.on;
  });
  CHECK(it.status() == "hub_lost");
  // The first 50 s of the three minutes belong to the last beat; then one in 45 s.
  CHECK(chirps == 3);
  CHECK(it.told("siren") == "OFF");
  it.hearTopic("homeward/hub/beat", "1", true);
  CHECK(it.status() == "retained");
  it.beat();
  it.run(kMinute / 2);
  CHECK_FALSE(it.board.sounds.on);
  CHECK(it.node.siren().tone() == Tone::None);
}

TEST_CASE("a board that never heard a hub or a broker says so") {
  Motion it(kMotion, 1000, {}, false);
  it.run(kSecond);
  CHECK(it.status() == "connecting");
  it.node.mail().disconnected(Trouble::WrongCertificate);
  CHECK(it.status() == "wrong_ca");
  it.node.mail().disconnected(Trouble::NotAuthorized);
  CHECK(it.status() == "wrong_password");
  it.run(kMinute);
  CHECK(it.node.siren().tone() == Tone::Chirp);
  CHECK(it.said.empty());
}

TEST_CASE("1.5 entry beeps as the hub said it; ended in time nothing sounds") {
  Motion it(kMotion);
  it.hearTopic("homeward/hub/countdown", "{\"kind\":\"entry\",\"leftMs\":30000}");
  int beeps = 0;
  bool was = false;
  const auto listen = [&] {
    if (it.board.beeps && !was) ++beeps;
    was = it.board.beeps;
  };
  it.run(20 * kSecond, listen);
  CHECK(beeps == 20);
  it.hearTopic("homeward/hub/countdown", "{\"kind\":\"none\",\"leftMs\":0}");
  it.run(39 * kSecond, listen);
  CHECK(beeps <= 21);
  CHECK_FALSE(it.board.sounds.on);
}

TEST_CASE("a hub that is smashed in the middle of an entry is answered by the siren, for 90 s") {
  Motion it(kMotion);
  it.hearTopic("homeward/hub/countdown", "{\"kind\":\"entry\",\"leftMs\":30000}");
  it.run(10 * kSecond);
  it.node.mail().disconnected(Trouble::Unreachable);
  it.run(20 * kSecond - 20);
  CHECK_FALSE(it.board.sounds.on);
  it.run(30);
  CHECK(it.board.sounds.on);
  CHECK(it.node.siren().tone() == Tone::Steady);
  it.run(EntryWatch::kSoundsFor - 20);
  CHECK(it.board.sounds.on);
  it.run(40);
  // By then the hub is lost.
  CHECK(it.node.siren().tone() == Tone::Chirp);
}

TEST_CASE("an exit that runs out sounds nothing; a word of the hub ends what sounds") {
  Motion it(kMotion);
  it.hearTopic("homeward/hub/countdown", "{\"kind\":\"exit\",\"leftMs\":5000}");
  it.run(10 * kSecond);
  CHECK_FALSE(it.board.sounds.on);
  it.hearTopic("homeward/hub/countdown", "{\"kind\":\"entry\",\"leftMs\":1000}");
  it.run(2 * kSecond);
  CHECK(it.board.sounds.on);
  it.hearTopic("homeward/hub/countdown", "{\"kind\":\"none\",\"leftMs\":0}");
  CHECK_FALSE(it.board.sounds.on);
  for (const char* const text : {"{}", "x", "{\"kind\":\"entry\"}", "{\"k\":1,\"leftMs\":1}", "{\"leftMs\":1}", "{\"kind\":\"ENTRY\",\"leftMs\":1}",
                                 "{\"kind\":\"entry\",\"leftMs\":1,\"x\":1}", "{\"kind\":\"entry\",\"leftMs\":\"1\"}"}) {
    it.hearTopic("homeward/hub/countdown", text);
    CHECK(it.status() == "malformed");
    it.run(kSecond);
    CHECK_FALSE(it.board.sounds.on);
  }
}

TEST_CASE("the button silences what may be silenced") {
  Motion it(kMotion);
  CHECK_FALSE(it.node.hush(it.now));
  it.hear("siren/set", kSirenOn);
  CHECK(it.node.hush(it.now));
  it.run(20);
  CHECK_FALSE(it.board.sounds.on);
}

TEST_CASE("motion is told once it is warm, lasts 10 s after the last sign of it, and is an alarm each time") {
  Motion it(kMotion);
  it.run(kSecond);
  CHECK(it.told("motion") == "None");
  it.node.motion(true, it.now);
  it.run(10 * kSecond);
  CHECK(it.count(Leaf::Alarm) == 0);
  it.node.motion(false, it.now);
  live(it, kMinute);
  CHECK(it.told("motion") == "OFF");
  it.node.motion(true, it.now);
  it.run(kSecond);
  CHECK(it.told("motion") == "ON");
  CHECK(it.count(Leaf::Alarm) == 1);
  it.node.motion(false, it.now);
  it.run(9 * kSecond);
  CHECK(it.told("motion") == "ON");
  it.node.motion(true, it.now);
  it.run(kSecond);
  it.node.motion(false, it.now);
  it.run(10 * kSecond);
  CHECK(it.told("motion") == "ON");
  it.run(300);
  CHECK(it.told("motion") == "OFF");
  it.hear("fan/set", "ON");
  CHECK(it.status() == "foreign_topic");
}

TEST_CASE("all of it goes on over the wrap of the clock") {
  Motion it(kMotion, 0u - 30 * kSecond);
  live(it, 2 * kMinute);
  it.node.motion(true, it.now);
  it.run(kSecond);
  CHECK(it.told("motion") == "ON");
  CHECK(it.status() == "ok");
  CHECK(std::stoul(it.told("upMs")) == doctest::Approx(121000).epsilon(0.01));
}
