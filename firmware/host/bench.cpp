#include "bench.h"

#include <cmath>
#include <cstdlib>

#include "hmac_sha256.h"
#include "said.h"

using namespace homeward;

namespace {

constexpr char kVersion[] = "0.1.0";

/** Sensors as they come on a board: cells of oxygen and carbon monoxide warm up for 30 s (safety.md §3.2). Lost after 10 s of silence. */
constexpr SensorTraits kSensors[] = {
    {Quantity::Oxygen, 30 * kSecond, 10 * kSecond, 0, 0.0f},  {Quantity::CarbonMonoxide, 30 * kSecond, 10 * kSecond, 0, 0.0f},
    {Quantity::CarbonDioxide, 30 * kSecond, 10 * kSecond, 0, 0.0f}, {Quantity::Temperature, 0, 10 * kSecond, 0, 0.0f},
};

/** What is spoken of in a script, and what clean air has of it. */
struct Clean {
  const char* word;
  Quantity quantity;
  float value;
};
constexpr Clean kClean[] = {
    {"o2", Quantity::Oxygen, 20.9f},
    {"co", Quantity::CarbonMonoxide, 0.0f},
    {"co2", Quantity::CarbonDioxide, 600.0f},
    {"temperature", Quantity::Temperature, 21.0f},
};

bool isYes(const std::string& value) { return value == "on" || value == "open" || value == "home"; }

}  // namespace

Bench::Bench(const Options& options, HostBoard& board) : model_(options.node + "_node") {
  const Identity identity = {options.id.c_str(), options.name.c_str(), model_.c_str(), kVersion};
  if (options.node == "air") {
    air_ = std::make_unique<AirNode>(board, AirParts{identity, kSensors, 4, true, true});
    for (const Clean& each : kClean) values_[each.quantity] = each.value;
    node_ = air_.get();
  } else if (options.node == "motion") {
    motion_ = std::make_unique<MotionNode>(board, MotionParts{identity, true});
    node_ = motion_.get();
  } else {
    const PinSeal seal = {hmac, options.key.data(), options.key.size(), options.door.c_str()};
    door_ = std::make_unique<DoorNode>(board, DoorNodeParts{identity, {true, true}, LockPulse::kCeiling, true, true, seal});
    node_ = door_.get();
  }
  if (door_) door_->contact(DoorContact::Bolt, true, 0);
}

bool Bench::happen(const Happening& happening, Millis now) {
  if (happening.what == "tamper") {
    node_->tamper(isYes(happening.value), now);
  } else if (happening.what == "button") {
    node_->hush(now);
  } else if (happening.what == "motion" && motion_) {
    motion_->motion(isYes(happening.value), now);
  } else {
    return air_ ? happenToAir(happening) : door_ && happenToDoor(happening, now);
  }
  return true;
}

/** `lost`: the sensor is silent from now on; `nan`: it says what is no number. */
bool Bench::happenToAir(const Happening& happening) {
  for (const Clean& each : kClean) {
    if (happening.what != each.word) continue;
    values_.erase(each.quantity);
    if (happening.value != "lost") values_[each.quantity] = std::strtof(happening.value.c_str(), nullptr);
    return true;
  }
  return false;
}

bool Bench::happenToDoor(const Happening& happening, Millis now) {
  const bool isOn = isYes(happening.value);
  if (happening.what == "door") {
    door_->contact(DoorContact::Leaf, isOn, now);
  } else if (happening.what == "bolt") {
    door_->contact(DoorContact::Bolt, isOn, now);
  } else if (happening.what == "leaving") {
    door_->contact(DoorContact::Leaving, isOn, now);
  } else if (happening.what == "keys") {
    for (const char key : happening.value) door_->key(key, now);
  } else {
    return false;
  }
  return true;
}

void Bench::feed(Millis now) {
  if (!air_ || (hasSpoken_ && elapsed(now, spokeAt_) < kSecond)) return;
  hasSpoken_ = true;
  spokeAt_ = now;
  for (const auto& [quantity, value] : values_) air_->read(quantity, value, now);
}

void Bench::watch(Millis now) {
  const Tone tone = node_->siren().tone();
  if (tone != tone_) {
    tone_ = tone;
    said("%u siren %s", now, tone == Tone::None ? "off" : wordOf(tone));
  }
  const std::string status = node_->status(now);
  if (status != status_) {
    status_ = status;
    said("%u status %s", now, status.c_str());
  }
}
