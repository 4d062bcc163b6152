#pragma once
#include <stddef.h>
#include <stdint.h>

#include "frame_reader.h"

namespace homeward {

/** Frames of nine bytes as Winsen's modules speak: 0xFF first, last the sum. DFRobot's gas sensors speak them over I2C too. */
constexpr uint8_t kWinsenSize = 9;

/** Two's complement of the sum of the bytes between the first and the last. Source: ZE07-CO manual 1.2, "Check sum". */
uint8_t winsenSum(const uint8_t frame[kWinsenSize]);

/** Fills a command: first byte, address 1, the word of command with one argument, sum. */
void writeWinsenCommand(uint8_t command, uint8_t argument, uint8_t frame[kWinsenSize]);

/** Asked instead of told (argument 0x41), told each second (0x40). */
constexpr uint8_t kWinsenMode = 0x78;
/** What is the concentration? */
constexpr uint8_t kWinsenRead = 0x86;

/** For `FrameReader`: any frame of these modules. */
struct WinsenFrame {
  static bool mayBegin(const uint8_t* bytes, size_t) { return bytes[0] == 0xff; }
  static bool isWhole(const uint8_t* bytes) { return winsenSum(bytes) == bytes[kWinsenSize - 1]; }
};

/** Carbon monoxide as a ZE07-CO or ZE15-CO tells it each second, 9600 baud. */
struct CoReading {
  /** ppm, 0..500. */
  float ppm;
  /** The module says of itself that its cell is broken (ZE15-CO only): `ppm` means nothing then. */
  bool isBroken;
};

using WinsenReader = FrameReader<WinsenFrame, kWinsenSize>;

/** @returns false: it is not of carbon monoxide in ppm */
bool readCo(const uint8_t frame[kWinsenSize], CoReading& reading);

/** DFRobot SEN0465, address 0x74 to 0x77: the frame of `kWinsenRead` is written to register 0, the answer read there 10 ms later. */
constexpr uint8_t kSen0465Address = 0x74;

/**
 * Oxygen by DFRobot SEN0465. Source: DFRobot's own published driver; of the data sheet only the ranges were found.
 * @param percent % vol, 0..25
 * @returns false: the sum is wrong, it does not answer that question, or the probe is not of oxygen
 */
bool readSen0465(const uint8_t frame[kWinsenSize], float& percent);

}  // namespace homeward
