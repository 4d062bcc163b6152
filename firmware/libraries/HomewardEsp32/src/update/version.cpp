#include "version.h"

namespace homeward {
namespace {

/** Reads a number and goes on behind it. */
bool readNumber(const char*& text, uint16_t& number) {
  if (*text < '0' || *text > '9') return false;
  const bool isNought = *text == '0';
  uint32_t value = 0;
  const char* const from = text;
  for (; *text >= '0' && *text <= '9'; ++text) {
    value = value * 10 + static_cast<uint32_t>(*text - '0');
    if (value > 65535) return false;
  }
  number = static_cast<uint16_t>(value);
  return !isNought || text - from == 1;
}

bool readPoint(const char*& text) { return *text++ == '.'; }

}  // namespace

bool readVersion(const char* text, Version& version) {
  return readNumber(text, version.major) && readPoint(text) && readNumber(text, version.minor) && readPoint(text) &&
         readNumber(text, version.patch) && *text == '\0';
}

bool isNewer(const Version& a, const Version& b) {
  if (a.major != b.major) return a.major > b.major;
  if (a.minor != b.minor) return a.minor > b.minor;
  return a.patch > b.patch;
}

}  // namespace homeward
