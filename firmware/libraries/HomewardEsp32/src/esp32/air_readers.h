#pragma once
#include "drivers/oxygen_filter.h"
#include "drivers/winsen_frame.h"
#include "homeward/air_node.h"
#include "i2c_bus.h"
#include "uart_line.h"

namespace homeward {

/** When a sensor was heard last. */
class HeardAt {
 public:
  explicit HeardAt(Millis within) : within_(within) {}
  void hear(Millis now) {
    at_ = now;
    wasHeard_ = true;
  }
  /** @returns whether it was heard within its time, or the board runs for less than that */
  bool isHeard(Millis now) const { return elapsed(now, wasHeard_ ? at_ : 0) < within_; }

 private:
  Millis within_;
  Millis at_ = 0;
  bool wasHeard_ = false;
};

/** Which sensor of oxygen hangs on the bus. */
enum class OxygenChip : uint8_t { Sen0322, Sen0465 };

/** Oxygen once a second. Each step is a turn of its own: what a sensor needs to think is not waited for. */
class OxygenReader {
 public:
  bool begin(i2c_master_bus_handle_t bus, OxygenChip chip);
  void serve(AirNode& node, Millis now);
  bool isHeard(Millis now) const { return heard_.isHeard(now); }

 private:
  void ask(Millis now);
  bool hear(float& percent);

  OxygenChip chip_ = OxygenChip::Sen0322;
  I2cDevice device_;
  OxygenFilter filter_;
  HeardAt heard_{10 * kSecond};
  Millis askedAt_ = 0;
  bool isAsked_ = false;
  /** Of a SEN0322 that was not asked for it yet: none. */
  uint8_t factor_ = 0;
  bool hasFactor_ = false;
  bool isFactorAsked_ = false;
};

/** Carbon dioxide and temperature by an SCD4x, each 5 s. */
class Co2Reader {
 public:
  bool begin(i2c_master_bus_handle_t bus);
  void serve(AirNode& node, Millis now);
  bool isHeard(Millis now) const { return heard_.isHeard(now); }

 private:
  enum class Step : uint8_t { Stopping, Waiting, AskedReady, AskedValue };
  bool say(uint16_t command);

  I2cDevice device_;
  HeardAt heard_{20 * kSecond};
  Step step_ = Step::Stopping;
  Millis at_ = 0;
};

/** Carbon monoxide by a ZE07-CO or ZE15-CO, each second. */
class CoReader {
 public:
  bool begin(uart_port_t port, int8_t rx) { return line_.begin(port, rx, -1, 9600); }
  void serve(AirNode& node, Millis now);
  bool isHeard(Millis now) const { return heard_.isHeard(now); }

 private:
  UartLine line_;
  WinsenReader reader_;
  HeardAt heard_{10 * kSecond};
};

}  // namespace homeward
