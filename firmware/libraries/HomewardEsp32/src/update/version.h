#pragma once
#include <stdint.h>

namespace homeward {

/** `major.minor.patch`, each 0..65535, without anything before or behind. */
struct Version {
  uint16_t major;
  uint16_t minor;
  uint16_t patch;
};

/** @returns false: no such version; a leading nought is none either, so that a version has one spelling */
bool readVersion(const char* text, Version& version);

/** Whether `a` is newer than `b`. */
bool isNewer(const Version& a, const Version& b);

}  // namespace homeward
