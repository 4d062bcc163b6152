#include "host_board.h"

#include <fcntl.h>
#include <sys/random.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "said.h"

void HostBoard::print(const char* what, bool& is, bool will, const char* on, const char* off) {
  if (is == will) return;
  is = will;
  said("%u %s %s", now_, what, is ? on : off);
}

void HostBoard::random(uint8_t* out, size_t count) {
  // Never so many that it could be cut short.
  if (getrandom(out, count, 0) != static_cast<ssize_t>(count)) std::abort();
}

size_t HostBoard::load(uint8_t* out, size_t room) {
  std::FILE* const file = std::fopen(settings_.c_str(), "rb");
  if (file == nullptr) return 0;
  const size_t count = std::fread(out, 1, room, file);
  std::fclose(file);
  return count;
}

/** Written beside, on the disk, then put in its place: a power cut leaves the old or the new, never half. */
bool HostBoard::save(const uint8_t* bytes, size_t count) {
  if (settings_.empty()) return true;
  const std::string beside = settings_ + ".new";
  const int file = open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return false;
  const bool isWhole = write(file, bytes, count) == static_cast<ssize_t>(count) && fsync(file) == 0;
  const bool isClosed = close(file) == 0;
  if (isWhole && isClosed && std::rename(beside.c_str(), settings_.c_str()) == 0) return true;
  unlink(beside.c_str());
  return false;
}
