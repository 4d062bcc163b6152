#pragma once
#include <deque>
#include <mutex>
#include <string>
#include <thread>

#include "HomewardCore.h"

/** One thing that happens to the board: `12.5 co 320` at 12.5 s of its clock, `co 320` at once. */
struct Happening {
  homeward::Millis at;
  std::string what;
  std::string value;
};

/** Lines of a file or of standard input, each at its time. A line that is none is said and left out. */
class Script {
 public:
  /** @param file empty: standard input, read in a thread of its own; its lines come when they come */
  explicit Script(const std::string& file);

  /** The next that is due; false: none is. */
  bool next(homeward::Millis now, Happening& out);

 private:
  void take(const std::string& line);

  std::mutex lock_;
  std::deque<Happening> all_;
  homeward::Millis last_ = 0;
};
