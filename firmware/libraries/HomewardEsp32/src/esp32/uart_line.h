#pragma once
#include <driver/uart.h>
#include <stddef.h>
#include <stdint.h>

namespace homeward {

/** A sensor on a serial line, which tells by itself. */
class UartLine {
 public:
  /** @param port 1 or 2; 0 is the board's own line @returns false: no such port, or no memory */
  bool begin(uart_port_t port, int8_t rx, int8_t tx, int baud);
  /** What has come, without waiting. @returns how many bytes */
  size_t read(uint8_t* out, size_t room);

 private:
  uart_port_t port_ = UART_NUM_1;
  bool isOpen_ = false;
};

}  // namespace homeward
