#include "air_node.h"

#include <string.h>

namespace homeward {
namespace {

/** How a quantity is announced and told. */
struct Words {
  Component value;
  Component alarm;
};

constexpr Component value(const char* key, const char* name, const char* deviceClass, const char* unit, const char* quantity,
                          uint8_t digits) {
  return {key, Platform::Sensor, name, deviceClass, unit, quantity, digits, false};
}

constexpr Component alarm(const char* key, const char* name, const char* deviceClass) {
  return {key, Platform::BinarySensor, name, deviceClass, nullptr, nullptr, 0, false};
}

/** In the order of `Quantity`. Home Assistant has no class for an alarm of oxygen, carbon dioxide or hydrogen sulfide. */
constexpr Words kWords[kQuantities] = {
    {value("o2", "Oxygen", nullptr, "%", "oxygen", 1), alarm("o2_alarm", "Oxygen alarm", "safety")},
    {value("co", "Carbon monoxide", "carbon_monoxide", "ppm", nullptr, 0), alarm("co_alarm", "Carbon monoxide alarm", "carbon_monoxide")},
    {value("co2", "Carbon dioxide", "carbon_dioxide", "ppm", nullptr, 0), alarm("co2_alarm", "Carbon dioxide alarm", "safety")},
    {value("methane", "Methane", nullptr, "% LEL", "lel_methane", 1), alarm("methane_alarm", "Methane alarm", "gas")},
    {value("lpg", "LPG", nullptr, "% LEL", "lel_lpg", 1), alarm("lpg_alarm", "LPG alarm", "gas")},
    {value("h2s", "Hydrogen sulfide", nullptr, "ppm", "hydrogen_sulfide", 1), alarm("h2s_alarm", "Hydrogen sulfide alarm", "safety")},
    {value("temperature", "Temperature", "temperature", "°C", nullptr, 1), alarm("heat_alarm", "Heat alarm", "heat")},
};

const Words& wordsOf(Quantity quantity) { return kWords[static_cast<uint8_t>(quantity)]; }

bool isGas(Quantity quantity) { return quantity == Quantity::Methane || quantity == Quantity::Lpg; }

}  // namespace

AirNode::AirNode(Board& board, const AirParts& parts) : Node(board, parts.identity, parts.hasSiren), hasFan_(parts.hasFan) {
  for (uint8_t n = 0; n < parts.count && n < kQuantities; ++n) {
    places_[count_++] = {AirSensor(), parts.sensors[n], {wordsOf(parts.sensors[n].quantity).alarm.key, false}, false};
  }
}

void AirNode::start(Millis now) {
  const CoDose kept(settings_.doseShare, settings_.doseWasFull);
  for (uint8_t n = 0; n < count_; ++n) {
    Place& place = places_[n];
    const Words& words = wordsOf(place.traits.quantity);
    place.sensor = AirSensor(place.traits, settings_.standard, now, place.traits.quantity == Quantity::CarbonMonoxide ? kept : CoDose());
    add(words.value);
    add(words.alarm);
  }
  if (hasFan_) add({"fan", Platform::Switch, "Fan", nullptr, nullptr, nullptr, 0, false});
}

void AirNode::read(Quantity quantity, float value, Millis now) {
  for (uint8_t n = 0; n < count_; ++n) {
    if (places_[n].traits.quantity != quantity) continue;
    places_[n].sensor.read(value, now);
    places_[n].isRead = true;
  }
}

Call AirNode::judge(Millis now) {
  Call worst = {Level::None, Tone::None};
  for (uint8_t n = 0; n < count_; ++n) {
    Place& place = places_[n];
    if (!place.isRead) place.sensor.miss(now);
    place.isRead = false;
    const Verdict verdict = place.sensor.verdict();
    show(place.alarm, verdict.level != Level::None, now);
    if (verdict.level > worst.level) worst.level = verdict.level;
    if (verdict.tone < worst.tone) worst.tone = verdict.tone;
  }
  keepDose(now);
  // A fan feeds a fire. In gas nothing is switched at all, off no more than on: a spark is enough (safety.md AIR-5).
  if (isCalled(Tone::Fire) && !isCalled(Tone::Gas)) fan_ = false;
  board_.fan(fan_);
  return worst;
}

/** Whether a sensor calls so; of gas, whether one does that can burn. */
bool AirNode::isCalled(Tone tone) const {
  for (uint8_t n = 0; n < count_; ++n) {
    const bool counts = tone != Tone::Gas || isGas(places_[n].traits.quantity);
    if (counts && places_[n].sensor.verdict().tone == tone) return true;
  }
  return false;
}

void AirNode::keepDose(Millis now) {
  const CoDose breathed = dose();
  if (!keeper_.isDue(breathed, now)) return;
  settings_.doseShare = breathed.share();
  settings_.doseWasFull = breathed.isFull();
  keep();
}

CoDose AirNode::dose() const {
  for (uint8_t n = 0; n < count_; ++n) {
    if (places_[n].traits.quantity == Quantity::CarbonMonoxide) return places_[n].sensor.dose();
  }
  return CoDose();
}

const char* AirNode::obey(const Incoming& letter, Millis) {
  if (letter.inlet != Inlet::Fan || !hasFan_) return kForeign;
  const bool isOn = letter.length == 2 && memcmp(letter.text, "ON", 2) == 0;
  const bool isOff = letter.length == 3 && memcmp(letter.text, "OFF", 3) == 0;
  if (!isOn && !isOff) return wordOf(Answer::Malformed);
  if (isCalled(Tone::Gas) || (isOn && isCalled(Tone::Fire))) return "danger";
  fan_ = isOn;
  obeyed();
  return nullptr;
}

void AirNode::tell(JsonWriter& json) const {
  for (uint8_t n = 0; n < count_; ++n) {
    const Place& place = places_[n];
    const Words& words = wordsOf(place.traits.quantity);
    json.decimal(words.value.key, place.sensor.value(), words.value.digits);
    json.word(place.alarm.key, place.alarm.isOn ? "ON" : "OFF");
  }
  if (hasFan_) json.word("fan", fan_ ? "ON" : "OFF");
}

const char* AirNode::fault() const {
  for (uint8_t n = 0; n < count_; ++n) {
    const Health health = places_[n].sensor.health();
    if (health == Health::Lost || health == Health::Fault) return "sensor_fault";
  }
  return nullptr;
}

}  // namespace homeward
