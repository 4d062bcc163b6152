#include "sensor_health.h"

#include <math.h>

namespace homeward {

Health SensorHealth::read(float value, Millis now) {
  heardAt_ = now;
  isLost_ = false;
  if (!isPlausible(traits_.quantity, value)) {
    if (impossible_ < kFaultAfter) ++impossible_;
    return judge(now);
  }
  impossible_ = 0;
  if (!hasLast_ || fabsf(value - last_) >= traits_.step) {
    hasLast_ = true;
    last_ = value;
    changedAt_ = now;
    isStuck_ = false;
  }
  return judge(now);
}

Health SensorHealth::miss(Millis now) { return judge(now); }

Health SensorHealth::judge(Millis now) {
  // Each of these is remembered, so that the clock may wrap meanwhile.
  if (elapsed(now, bootAt_) >= traits_.warmup) isWarm_ = true;
  if (elapsed(now, heardAt_) >= traits_.lostAfter) isLost_ = true;
  if (traits_.stuckAfter != 0 && elapsed(now, changedAt_) >= traits_.stuckAfter) isStuck_ = true;
  if (isLost_) {
    health_ = Health::Lost;
  } else if (impossible_ >= kFaultAfter) {
    health_ = Health::Fault;
  } else if (!isWarm_) {
    health_ = Health::Warmup;
  } else {
    health_ = impossible_ > 0 || isStuck_ ? Health::Suspect : Health::Ok;
  }
  return health_;
}

}  // namespace homeward
