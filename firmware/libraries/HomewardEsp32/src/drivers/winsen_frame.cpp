#include "winsen_frame.h"

namespace homeward {
namespace {

constexpr uint8_t kCarbonMonoxide = 0x04;
constexpr uint8_t kOxygen = 0x05;
constexpr uint8_t kPpm = 0x03;
constexpr float kScales[] = {1.0f, 0.1f, 0.01f};

}  // namespace

uint8_t winsenSum(const uint8_t frame[kWinsenSize]) {
  uint8_t sum = 0;
  for (uint8_t n = 1; n < kWinsenSize - 1; ++n) sum = static_cast<uint8_t>(sum + frame[n]);
  return static_cast<uint8_t>(0 - sum);
}

void writeWinsenCommand(uint8_t command, uint8_t argument, uint8_t frame[kWinsenSize]) {
  memset(frame, 0, kWinsenSize);
  frame[0] = 0xff;
  frame[1] = 0x01;
  frame[2] = command;
  frame[3] = argument;
  frame[8] = winsenSum(frame);
}

bool readCo(const uint8_t frame[kWinsenSize], CoReading& reading) {
  const uint8_t digits = frame[3];
  if (frame[1] != kCarbonMonoxide || frame[2] != kPpm || digits > 2) return false;
  // The ZE15-CO tells a broken cell in the highest bit, and the concentration in the lower thirteen; the ZE07-CO's never get there.
  reading.isBroken = (frame[4] & 0x80) != 0;
  reading.ppm = static_cast<float>((frame[4] & 0x1f) << 8 | frame[5]) * kScales[digits];
  return true;
}

bool readSen0465(const uint8_t frame[kWinsenSize], float& percent) {
  const uint8_t digits = frame[5];
  if (frame[0] != 0xff || frame[1] != kWinsenRead || frame[4] != kOxygen || digits > 2 || !WinsenFrame::isWhole(frame)) {
    return false;
  }
  percent = static_cast<float>(frame[2] << 8 | frame[3]) * kScales[digits];
  return true;
}

}  // namespace homeward
