#include "mq_gas.h"

namespace homeward {

uint32_t MqGas::resistance(uint16_t mv) const {
  if (mv == 0 || mv >= wiring_.supplyMv) return 0;
  return static_cast<uint32_t>(wiring_.supplyMv - mv) * wiring_.loadOhm / mv;
}

GasHint MqGas::read(uint16_t mv, Millis now) {
  if (elapsed(now, bootAt_) >= kWarmup) isWarm_ = true;
  const uint32_t ohm = resistance(mv);
  if (!isWarm_ || cleanOhm_ == 0 || ohm == 0) return GasHint::Unknown;
  const float share = static_cast<float>(ohm) / static_cast<float>(cleanOhm_);
  if (share < kMuch) return GasHint::Much;
  return share < kSome ? GasHint::Some : GasHint::Clean;
}

}  // namespace homeward
