#pragma once
#include "esp_board.h"
#include "homeward/node.h"

namespace homeward {

/** The sensors and inputs of a board. Asked by the safety task at every turn; nothing here may take longer than a few ms. */
class Inputs {
 public:
  /** Hands what there is to the node. */
  virtual void serve(Millis now) = 0;
  /** Whether every one of them has been heard, or may still warm up. */
  virtual bool areAllHeard(Millis now) const = 0;

 protected:
  ~Inputs() = default;
};

/**
 * The task that keeps people safe: inputs, node, outputs, a hundred times a second, above every other task of ours. The watchdog of the
 * chip is fed when both were served, and else restarts the board.
 */
class SafetyTask {
 public:
  SafetyTask(Node& node, EspBoard& board, Inputs& inputs) : node_(node), board_(board), inputs_(inputs) {}

  /** Takes up what was kept, and runs from now on. */
  void start();

  /** Of the last turns, for an image on trial; any task may ask. */
  bool areInputsHeard() const { return areHeard_; }
  bool isSounding() const { return isSounding_; }
  /** Turns since the start. */
  uint32_t turns() const { return turns_; }

 private:
  static void run(void* task);
  void loop();

  Node& node_;
  EspBoard& board_;
  Inputs& inputs_;
  volatile bool areHeard_ = false;
  volatile bool isSounding_ = false;
  volatile uint32_t turns_ = 0;
};

}  // namespace homeward
