#pragma once
#include <chrono>

#include "HomewardCore.h"

/** The clock of the board: starts at 0, and runs `speed` times as fast as time does. */
class BoardClock {
 public:
  explicit BoardClock(double speed) : speed_(speed), from_(std::chrono::steady_clock::now()) {}

  homeward::Millis now() const {
    const std::chrono::duration<double, std::milli> gone = std::chrono::steady_clock::now() - from_;
    return static_cast<homeward::Millis>(static_cast<uint64_t>(gone.count() * speed_));
  }

  /** How long that is for whoever waits outside. */
  std::chrono::microseconds real(homeward::Millis span) const {
    return std::chrono::microseconds(static_cast<int64_t>(span * 1000.0 / speed_));
  }

 private:
  double speed_;
  std::chrono::steady_clock::time_point from_;
};
