#pragma once
#include <stddef.h>
#include <stdint.h>

#include "frame_reader.h"

namespace homeward {

/** Frames of Plantower's PMS5003, 9600 baud: `B` `M`, length 28, thirteen words, sum. Source: its data manual 2.3, appendix I. */
constexpr uint8_t kPms5003Size = 32;

/** For `FrameReader`. */
struct Pms5003Frame {
  static bool mayBegin(const uint8_t* bytes, size_t count);
  static bool isWhole(const uint8_t* bytes);
};

using Pms5003Reader = FrameReader<Pms5003Frame, kPms5003Size>;

/** Fine dust under atmospheric conditions, µg/m³. Good 30 s after the fan began to turn. */
struct DustReading {
  float pm1;
  float pm25;
  float pm10;
};

/** @param frame of `Pms5003Reader` */
DustReading readPms5003(const uint8_t frame[kPms5003Size]);

}  // namespace homeward
