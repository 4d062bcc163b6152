#pragma once
#include <stdint.h>

namespace homeward {

/** Oxygen by DFRobot SEN0322, on the I2C bus at 0x70 to 0x73. Source: DFRobot's own published driver; no data sheet was found. */
constexpr uint8_t kSen0322Address = 0x73;
/** Three bytes: whole, tenths and hundredths of what the cell gives. */
constexpr uint8_t kSen0322Value = 0x03;
/** One byte: the factor of the calibration, thousandths; 0: never calibrated. */
constexpr uint8_t kSen0322Factor = 0x0a;
constexpr uint8_t kSen0322Size = 3;

/**
 * @param factor as read of `kSen0322Factor`
 * @param percent % vol; may be impossible: the bus of this sensor is known for wrong bits, and it has no sum to tell them by, so that
 * it goes through `OxygenFilter`
 * @returns false: tenths or hundredths that are none
 */
bool readSen0322(const uint8_t bytes[kSen0322Size], uint8_t factor, float& percent);

}  // namespace homeward
