#pragma once
#include "air_readers.h"
#include "input_pin.h"
#include "safety_task.h"

namespace homeward {

/** The sensors of an air node: oxygen and carbon dioxide on the bus, carbon monoxide on a line. */
class AirInputs final : public Inputs {
 public:
  AirInputs(AirNode& node, const CasePins& pins) : node_(node), case_(pins) {}

  /** @returns false: something cannot be begun. The node then misses it, and says so; the others go on */
  bool begin(int8_t sda, int8_t scl, OxygenChip chip, uart_port_t port, int8_t coRx) {
    case_.begin();
    const i2c_master_bus_handle_t bus = openI2c(sda, scl);
    const bool hasOxygen = oxygen_.begin(bus, chip);
    const bool hasCo2 = co2_.begin(bus);
    return co_.begin(port, coRx) && hasOxygen && hasCo2;
  }

  void serve(Millis now) override {
    oxygen_.serve(node_, now);
    co2_.serve(node_, now);
    co_.serve(node_, now);
    case_.serve(node_, now);
  }

  bool areAllHeard(Millis now) const override {
    return oxygen_.isHeard(now) && co2_.isHeard(now) && co_.isHeard(now);
  }

 private:
  AirNode& node_;
  CasePins case_;
  OxygenReader oxygen_;
  Co2Reader co2_;
  CoReader co_;
};

}  // namespace homeward
