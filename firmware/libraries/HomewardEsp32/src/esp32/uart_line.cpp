#include "uart_line.h"

namespace homeward {

bool UartLine::begin(uart_port_t port, int8_t rx, int8_t tx, int baud) {
  port_ = port;
  uart_config_t config = {};
  config.baud_rate = baud;
  config.data_bits = UART_DATA_8_BITS;
  config.parity = UART_PARITY_DISABLE;
  config.stop_bits = UART_STOP_BITS_1;
  config.flow_ctrl = UART_HW_FLOWCTRL_DISABLE;
  config.source_clk = UART_SCLK_DEFAULT;
  isOpen_ = uart_driver_install(port, 256, 0, 0, nullptr, 0) == ESP_OK && uart_param_config(port, &config) == ESP_OK &&
            uart_set_pin(port, tx < 0 ? UART_PIN_NO_CHANGE : tx, rx, UART_PIN_NO_CHANGE, UART_PIN_NO_CHANGE) == ESP_OK;
  return isOpen_;
}

size_t UartLine::read(uint8_t* out, size_t room) {
  if (!isOpen_) return 0;
  const int came = uart_read_bytes(port_, out, static_cast<uint32_t>(room), 0);
  return came > 0 ? static_cast<size_t>(came) : 0;
}

}  // namespace homeward
