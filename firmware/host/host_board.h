#pragma once
#include <string>

#include "HomewardCore.h"

/** Pins that print what they do, and a file for a flash. */
class HostBoard final : public homeward::Board {
 public:
  HostBoard(const std::string& settings) : settings_(settings) {}

  void siren(homeward::Output) override {}
  void buzzer(bool on) override { print("buzzer", buzzer_, on, "on", "off"); }
  void fan(bool on) override { print("fan", fan_, on, "on", "off"); }
  void strike(bool open) override { print("strike", strike_, open, "open", "closed"); }
  void random(uint8_t* out, size_t count) override;
  size_t load(uint8_t* out, size_t room) override;
  bool save(const uint8_t* bytes, size_t count) override;

  /** What the clock of the board shows, for the lines that are printed. */
  void at(homeward::Millis now) { now_ = now; }
  homeward::Millis now() const { return now_; }

 private:
  void print(const char* what, bool& is, bool will, const char* on, const char* off);

  std::string settings_;
  homeward::Millis now_ = 0;
  bool buzzer_ = false;
  bool fan_ = false;
  bool strike_ = false;
};
