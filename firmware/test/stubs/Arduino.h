#pragma once
#include <stddef.h>
#include <stdint.h>
#define CONFIG_BOOTLOADER_APP_ROLLBACK_ENABLE 1

/** The board's own line, as a `HardwareSerial` or a USB port is. */
class StubSerial {
 public:
  void begin(unsigned long baud);
  int available();
  int read();
  size_t write(const uint8_t* bytes, size_t count);
  size_t printf(const char* form, ...) __attribute__((format(printf, 2, 3)));
};
extern StubSerial Serial;
uint32_t analogReadMilliVolts(uint8_t pin);
void delay(uint32_t ms);
#define SET_LOOP_TASK_STACK_SIZE(bytes) static_assert((bytes) >= 8192, "the default")
