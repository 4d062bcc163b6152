#pragma once
#include "network_task.h"

namespace homeward {

/** What kind of board this is. Words stay where they are. */
struct Product {
  /** As the serial line tells it: `Homeward air`. */
  const char* title;
  /** As the announcement tells it: `air_node`. */
  const char* model;
  /** With the chip, as updates are signed for: `air-esp32c3`. */
  const char* name;
  /** `ESP32`, `ESP32-C3` … */
  const char* chip;
  /** `major.minor.patch`. */
  const char* version;
};

/** A board from its start on. A global of the sketch. */
class BoardApp {
 public:
  explicit BoardApp(const Product& product) : product_(product) {}

  /** Reads the flash, and notes that the board was started. Once, at the beginning of `setup()`. */
  void begin();

  /** Who it is, for the node: what the hub named it, else `unpaired`. */
  Identity identity() const;
  /** What commands to its door are signed with; as long as none was given it is one that nobody knows. */
  const uint8_t* doorKey() const { return identity_.doorKey; }
  static constexpr size_t kDoorKeySize = sizeof BrokerIdentity::doorKey;

  const BrokerIdentity& broker() const { return identity_; }
  bool isPaired() const { return isPaired_; }

  /** Starts the safety task, then the network's. Does not come back when there is no memory for them: the chip starts anew. */
  void run(Node& node, EspBoard& board, Inputs& inputs);

 private:
  void makeCode();

  Product product_;
  NvsStore store_;
  BrokerIdentity identity_ = {};
  bool isPaired_ = false;
  char code_[kCodeSize] = {};
};

}  // namespace homeward
