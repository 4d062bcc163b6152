#include "script.h"

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>

#include "said.h"

Script::Script(const std::string& file) {
  if (!file.empty()) {
    std::ifstream lines(file);
    if (!lines) {
      std::cerr << "Cannot read " << file << "\n";
      std::exit(2);
    }
    for (std::string line; std::getline(lines, line);) take(line);
    return;
  }
  // It waits for a line as long as it takes, also while the program ends: nobody waits for it.
  std::thread([this] {
    for (std::string line; std::getline(std::cin, line);) take(line);
  }).detach();
}

void Script::take(const std::string& line) {
  std::istringstream words(line);
  std::string first;
  if (!(words >> first) || first[0] == '#') return;
  char* end = nullptr;
  const double seconds = std::strtod(first.c_str(), &end);
  const bool isTimed = *end == '\0' && seconds >= 0 && seconds < 4e6;
  Happening happening;
  happening.what = first;
  if (isTimed && !(words >> happening.what)) {
    said("0 line_unknown %s", line.substr(0, 80).c_str());
    return;
  }
  words >> happening.value;
  const std::lock_guard<std::mutex> guard(lock_);
  // Each waits for the one before it: a line without a time comes when those before it have come.
  if (isTimed) last_ = static_cast<homeward::Millis>(seconds * 1000);
  happening.at = last_;
  all_.push_back(happening);
}

bool Script::next(homeward::Millis now, Happening& out) {
  const std::lock_guard<std::mutex> guard(lock_);
  if (all_.empty() || all_.front().at > now) return false;
  out = all_.front();
  all_.pop_front();
  return true;
}
