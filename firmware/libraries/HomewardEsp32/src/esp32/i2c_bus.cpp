#include "i2c_bus.h"

namespace homeward {
namespace {

/** A safety turn is 10 ms: a sensor that holds the bus costs one turn and no more. */
constexpr int kPatienceMs = 10;
constexpr uint32_t kClockHz = 100000;

}  // namespace

i2c_master_bus_handle_t openI2c(int8_t sda, int8_t scl) {
  i2c_master_bus_config_t config = {};
  config.i2c_port = -1;
  config.sda_io_num = static_cast<gpio_num_t>(sda);
  config.scl_io_num = static_cast<gpio_num_t>(scl);
  config.clk_source = I2C_CLK_SRC_DEFAULT;
  config.glitch_ignore_cnt = 7;
  config.flags.enable_internal_pullup = true;
  i2c_master_bus_handle_t bus = nullptr;
  return i2c_new_master_bus(&config, &bus) == ESP_OK ? bus : nullptr;
}

bool I2cDevice::begin(i2c_master_bus_handle_t bus, uint8_t address) {
  i2c_device_config_t config = {};
  config.dev_addr_length = I2C_ADDR_BIT_LEN_7;
  config.device_address = address;
  config.scl_speed_hz = kClockHz;
  return bus != nullptr && i2c_master_bus_add_device(bus, &config, &device_) == ESP_OK;
}

bool I2cDevice::write(const uint8_t* bytes, size_t count) {
  return device_ != nullptr && i2c_master_transmit(device_, bytes, count, kPatienceMs) == ESP_OK;
}

bool I2cDevice::read(uint8_t* out, size_t count) {
  return device_ != nullptr && i2c_master_receive(device_, out, count, kPatienceMs) == ESP_OK;
}

bool I2cDevice::ask(const uint8_t* bytes, size_t count, uint8_t* out, size_t room) {
  return device_ != nullptr && i2c_master_transmit_receive(device_, bytes, count, out, room, kPatienceMs) == ESP_OK;
}

}  // namespace homeward
