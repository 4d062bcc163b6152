#pragma once
#include <map>
#include <memory>
#include <string>

#include "HomewardCore.h"
#include "host_board.h"
#include "options.h"
#include "script.h"

/** One virtual node with what happens to it. */
class Bench {
 public:
  Bench(const Options& options, HostBoard& board);

  homeward::Node& node() { return *node_; }

  /** @returns false: it is none that this node knows */
  bool happen(const Happening& happening, homeward::Millis now);

  /** Lets the sensors speak, each once a second, as they were told last. Before every turn. */
  void feed(homeward::Millis now);

  /** Prints what has changed: what the siren sounds and how the board stands. */
  void watch(homeward::Millis now);

 private:
  bool happenToAir(const Happening& happening);
  bool happenToDoor(const Happening& happening, homeward::Millis now);

  std::string model_;
  std::unique_ptr<homeward::AirNode> air_;
  std::unique_ptr<homeward::MotionNode> motion_;
  std::unique_ptr<homeward::DoorNode> door_;
  homeward::Node* node_ = nullptr;
  std::map<homeward::Quantity, float> values_;
  homeward::Millis spokeAt_ = 0;
  bool hasSpoken_ = false;
  homeward::Tone tone_ = homeward::Tone::None;
  std::string status_;
};
