#include <doctest/doctest.h>

#include <string>
#include <thread>

#include "HomewardCore.h"

using namespace homeward;

TEST_CASE("a row between two tasks keeps its order, is full at its last place, and its counters may wrap") {
  Ring<int, 4> ring;
  CHECK(ring.front() == nullptr);
  for (int round = 0; round < 10; ++round) {
    for (int n = 0; n < 4; ++n) {
      *ring.place() = n;
      ring.put();
    }
    CHECK(ring.place() == nullptr);
    for (int n = 0; n < 4; ++n) {
      CHECK(*ring.front() == n);
      ring.take();
    }
    CHECK(ring.front() == nullptr);
  }
}

TEST_CASE("two tasks lose nothing between them and get nothing half written") {
  struct Pair {
    uint32_t a;
    uint32_t b;
  };
  static Ring<Pair, 4> ring;
  constexpr uint32_t kAll = 200000;
  std::thread writer([] {
    for (uint32_t n = 0; n < kAll;) {
      Pair* const place = ring.place();
      if (place == nullptr) continue;
      *place = {n, ~n};
      ring.put();
      ++n;
    }
  });
  uint32_t wrong = 0;
  for (uint32_t n = 0; n < kAll;) {
    const Pair* const front = ring.front();
    if (front == nullptr) continue;
    if (front->a != n || front->b != ~n) ++wrong;
    ring.take();
    ++n;
  }
  writer.join();
  CHECK(wrong == 0);
}

TEST_CASE("what comes in is told apart by its topic, to the letter") {
  const char* const id = "hw-1";
  CHECK(inletOf(id, "homeward/hub/beat") == Inlet::Beat);
  CHECK(inletOf(id, "homeassistant/status") == Inlet::HomeAssistant);
  for (uint8_t n = 0; n < kInlets; ++n) {
    char topic[kTopicSize];
    REQUIRE(topicOf(topic, id, static_cast<Inlet>(n)));
    CHECK(inletOf(id, topic) == static_cast<Inlet>(n));
  }
  for (const char* const topic : {"", "homeward", "homeward/", "homeward/hw-1", "homeward/hw-1/", "homeward/hw-12/ack", "homeward/hw-/ack",
                                  "homeward/hw-1/ack/", "homeward/hw-2/command", "ack", "command", "homeward/hub/", "homeward/hub/ack",
                                  "Homeward/hw-1/ack", "homeassistant/status/x"}) {
    CAPTURE(topic);
    CHECK(inletOf(id, topic) == Inlet::Foreign);
  }
}

TEST_CASE("topics of a board are announced, retained and bounded") {
  char topic[kTopicSize];
  CHECK(topicOf(topic, "hw-1", Leaf::Announcement));
  CHECK(std::string(topic) == "homeassistant/device/hw-1/config");
  CHECK(topicOf(topic, "hw-1", Leaf::Keypad));
  CHECK(std::string(topic) == "homeward/hw-1/keypad");
  CHECK(topicOf(topic, "hw-1", Inlet::NonceAsked));
  CHECK(std::string(topic) == "homeward/hw-1/nonce/get");
  CHECK(isRetained(Leaf::Announcement));
  CHECK(isRetained(Leaf::Availability));
  for (const Leaf leaf : {Leaf::State, Leaf::Alarm, Leaf::Nonce, Leaf::Keypad}) CHECK_FALSE(isRetained(leaf));
  const size_t most = kTopicSize - std::string("homeassistant/device//config").size() - 1;
  CHECK(topicOf(topic, std::string(most, 'x').c_str(), Leaf::Announcement));
  CHECK_FALSE(topicOf(topic, std::string(most + 1, 'x').c_str(), Leaf::Announcement));
  CHECK_FALSE(topicOf(topic, std::string(kTopicSize, 'x').c_str(), Leaf::State));
  CHECK_FALSE(topicOf(topic, std::string(kTopicSize, 'x').c_str(), Inlet::Ack));
}

TEST_CASE("a connection is told by a number that is odd while there is one and never the same twice") {
  Mail mail;
  CHECK(mail.link() == 0);
  mail.disconnected(Trouble::Unreachable);
  CHECK(mail.link() % 2 == 0);
  CHECK(mail.trouble() == Trouble::Unreachable);
  mail.connected();
  const uint32_t first = mail.link();
  CHECK(first % 2 == 1);
  CHECK(mail.trouble() == Trouble::None);
  // Gone and back between two turns: the node must greet again.
  mail.connected();
  CHECK(mail.link() % 2 == 1);
  CHECK(mail.link() != first);
  mail.disconnected(Trouble::NotAuthorized);
  CHECK(mail.link() % 2 == 0);
}

TEST_CASE("what was left over from an earlier connection is not sent in the next") {
  Mail mail;
  for (int n = 0; n < 4; ++n) {
    REQUIRE(mail.place() != nullptr);
    mail.say();
  }
  CHECK(mail.place() == nullptr);
  mail.connected();
  CHECK(mail.next() == nullptr);
  CHECK(mail.place() != nullptr);
}

TEST_CASE("what comes in finds a place or is counted; what is too long is empty") {
  Mail mail;
  const std::string most(Incoming::kMost, 'x');
  CHECK(mail.deliver("a", "homeward/a/ack", most.data(), most.size(), false));
  CHECK(mail.deliver("a", "homeward/a/ack", (most + "x").data(), most.size() + 1, true));
  CHECK(mail.deliver("a", "homeward/a/ack", nullptr, 0, false));
  CHECK(mail.deliver("a", "homeward/a/ack", "y", 1, false));
  CHECK(mail.lost() == 0);
  CHECK_FALSE(mail.deliver("a", "homeward/a/ack", "z", 1, false));
  CHECK(mail.lost() == 1);
  CHECK(std::string(mail.heard()->text, mail.heard()->length) == most);
  CHECK_FALSE(mail.heard()->isTooLong);
  mail.done();
  CHECK(mail.heard()->isTooLong);
  CHECK(mail.heard()->isRetained);
  CHECK(mail.heard()->length == 0);
  mail.done();
  CHECK(mail.heard()->length == 0);
}

TEST_CASE("a node's task and the network's pass letters, connections and losses to each other at the same time") {
  static Mail mail;
  constexpr int kAll = 20000;
  std::thread network([] {
    for (int n = 0; n < kAll; ++n) {
      if (n % 64 == 0) mail.connected();
      if (n % 64 == 63) mail.disconnected(Trouble::Unreachable);
      mail.deliver("a", "homeward/a/ack", "0123456789", 10, n % 2 == 0);
      if (mail.next() != nullptr) mail.sent();
    }
  });
  int wrong = 0;
  for (int n = 0; n < kAll; ++n) {
    (void)mail.link();
    (void)mail.trouble();
    (void)mail.lost();
    const Incoming* const letter = mail.heard();
    if (letter != nullptr) {
      if (std::string(letter->text, letter->length) != "0123456789") ++wrong;
      mail.done();
    }
    Outgoing* const place = mail.place();
    if (place == nullptr) continue;
    place->leaf = Leaf::State;
    place->length = 0;
    mail.say();
  }
  network.join();
  CHECK(wrong == 0);
}
