#pragma once
#include <cstring>
#include <string>
#include <vector>

#include "HomewardCore.h"

/** The pins and the flash of a board, as a test looks at them. */
class TrialBoard final : public homeward::Board {
 public:
  homeward::Output sounds = {false, false};
  bool beeps = false;
  bool fans = false;
  bool isStrikeOpen = false;
  std::vector<uint8_t> kept;
  /** Nothing more can be kept. */
  bool isFull = false;
  int writes = 0;
  /** Counts up, so that each draw is another one. */
  uint8_t chance = 0;

  void siren(homeward::Output output) override { sounds = output; }
  void buzzer(bool on) override { beeps = on; }
  void fan(bool on) override { fans = on; }
  void strike(bool open) override { isStrikeOpen = open; }
  void random(uint8_t* out, size_t count) override {
    for (size_t n = 0; n < count; ++n) out[n] = chance++;
  }
  size_t load(uint8_t* out, size_t room) override {
    if (!kept.empty()) std::memcpy(out, kept.data(), kept.size() < room ? kept.size() : room);
    return kept.size();
  }
  bool save(const uint8_t* bytes, size_t count) override {
    if (isFull) return false;
    ++writes;
    kept.assign(bytes, bytes + count);
    return true;
  }
};

/** What a node said. */
struct Said {
  homeward::Leaf leaf;
  std::string text;
};

/** One node with its board and a clock, and a network that takes all that it says as long as there is one. */
template <typename NodeOf, typename Parts>
struct Trial {
  TrialBoard board;
  NodeOf node;
  homeward::Millis now;
  std::vector<Said> said;
  bool takes = true;

  explicit Trial(const Parts& parts, homeward::Millis start = 1000, std::vector<uint8_t> kept = {}, bool isLinked = true)
      : node(board, parts), now(start) {
    board.kept = kept;
    node.begin(now);
    if (isLinked) {
      node.mail().connected();
      turn();
    }
  }

  void turn() {
    node.turn(now);
    for (const homeward::Outgoing* each = node.mail().next(); takes && each != nullptr; each = node.mail().next()) {
      said.push_back({each->leaf, std::string(each->text, each->length)});
      node.mail().sent();
    }
  }

  /** Turn by turn until so much later; whoever wants to do something at each turn does. */
  template <typename Each>
  void run(homeward::Millis span, Each each) {
    for (homeward::Millis gone = 0; gone < span; gone += homeward::Node::kTurn) {
      now += homeward::Node::kTurn;
      each();
      turn();
    }
  }
  void run(homeward::Millis span) {
    run(span, [] {});
  }

  /** Something comes from the broker, and is judged. */
  void hear(const std::string& leaf, const std::string& payload, bool retained = false) {
    hearTopic(std::string("homeward/") + node.identity().id + "/" + leaf, payload, retained);
  }
  void hearTopic(const std::string& topic, const std::string& payload, bool retained = false) {
    node.mail().deliver(node.identity().id, topic.c_str(), payload.data(), payload.size(), retained);
    turn();
  }
  void beat() { hearTopic("homeward/hub/beat", "1"); }

  std::string status() { return node.status(now); }

  int count(homeward::Leaf leaf) const {
    int all = 0;
    for (const Said& each : said) all += each.leaf == leaf ? 1 : 0;
    return all;
  }
  /** What it said there last; empty: nothing. */
  std::string last(homeward::Leaf leaf) const {
    std::string text;
    for (const Said& each : said) {
      if (each.leaf == leaf) text = each.text;
    }
    return text;
  }
  /** What it says of that key in its last state; empty: nothing. */
  std::string told(const std::string& key) const {
    const std::string text = last(homeward::Leaf::State);
    const size_t at = text.find("\"" + key + "\":");
    if (at == std::string::npos) return "";
    const size_t from = at + key.size() + 3;
    std::string value = text.substr(from, text.find_first_of(",}", from) - from);
    if (!value.empty() && value.front() == '"') value = value.substr(1, value.size() - 2);
    return value;
  }
};
