#pragma once
#include "air_sensor.h"
#include "node.h"

namespace homeward {

/** What an air node is made of. */
struct AirParts {
  Identity identity;
  /** What it measures, each quantity once, at most `kQuantities`. Read by the constructor alone. */
  const SensorTraits* sensors;
  uint8_t count;
  bool hasSiren;
  bool hasFan;
};

/**
 * Watches the air of a room: judges each sensor by the board's own limits, sounds, and tells the hub. Of each sensor there is the value,
 * and whether the board itself calls it dangerous: a dose that filled while the hub was away is so not lost.
 */
class AirNode final : public Node {
 public:
  AirNode(Board& board, const AirParts& parts);

  /** A value of one sensor came, believable or not. To be judged at the next turn at the latest. */
  void read(Quantity quantity, float value, Millis now);

  /** Carbon monoxide that was breathed; empty without such a sensor. */
  CoDose dose() const;

  /** What the fan is. */
  bool isFanOn() const { return fan_; }

 private:
  struct Place {
    AirSensor sensor;
    SensorTraits traits;
    Contact alarm;
    bool isRead;
  };

  void start(Millis now) override;
  Call judge(Millis now) override;
  const char* obey(const Incoming& letter, Millis now) override;
  void tell(JsonWriter& json) const override;
  const char* fault() const override;
  bool isBeeping(Millis) override { return false; }
  void keepDose(Millis now);
  bool isCalled(Tone tone) const;

  Place places_[kQuantities];
  uint8_t count_ = 0;
  bool hasFan_;
  bool fan_ = false;
  DoseKeeper keeper_;
};

}  // namespace homeward
