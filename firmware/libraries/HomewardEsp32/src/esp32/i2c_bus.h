#pragma once
#include <driver/i2c_master.h>
#include <stddef.h>
#include <stdint.h>

namespace homeward {

/** A sensor on the I2C bus. */
class I2cDevice {
 public:
  /** @returns false: the driver has no memory for it */
  bool begin(i2c_master_bus_handle_t bus, uint8_t address);
  /** @returns false: nobody answered within 10 ms */
  bool write(const uint8_t* bytes, size_t count);
  bool read(uint8_t* out, size_t count);
  /** Writes, and reads without letting the bus go in between. */
  bool ask(const uint8_t* bytes, size_t count, uint8_t* out, size_t room);

 private:
  i2c_master_dev_handle_t device_ = nullptr;
};

/** @returns null: pins that cannot be a bus */
i2c_master_bus_handle_t openI2c(int8_t sda, int8_t scl);

}  // namespace homeward
