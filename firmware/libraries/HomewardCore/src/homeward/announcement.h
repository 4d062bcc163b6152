#pragma once
#include "json_writer.h"

namespace homeward {

/** What a component is to Home Assistant. */
enum class Platform : uint8_t { Sensor, BinarySensor, Siren, Switch, Lock };

/** One thing that a board measures or switches. Words stay where they are; null: it has none. */
struct Component {
  /** Stands in the state message and in topics: `[a-z0-9_]`, at most 24. */
  const char* key;
  Platform platform;
  const char* name;
  /** Home Assistant's device class. */
  const char* deviceClass;
  const char* unit;
  /** Homeward's word where Home Assistant has no device class. */
  const char* quantity;
  /** Digits after the point in the state message. */
  uint8_t digits;
  /** `diagnostic`: shown apart. */
  bool isDiagnostic;
};

/** Who a board is. */
struct Identity {
  /** Its name at the broker: `[a-zA-Z0-9_-]`, at most 40. */
  const char* id;
  const char* name;
  const char* model;
  const char* version;
};

/** The longest topic of a board, with its end. */
constexpr size_t kTopicSize = 96;

/** `homeward/<id>/<leaf>`. @returns false: too long */
bool topicOf(char out[kTopicSize], const char* id, const char* leaf);

/**
 * Writes what a board is, as Home Assistant's MQTT discovery has it (device form), with the keys in short. A value that was not
 * renewed for `expireS` counts as unknown. @returns false: too little room
 */
bool writeAnnouncement(JsonWriter& json, const Identity& identity, const Component* components, uint8_t count,
                       uint16_t expireS);

}  // namespace homeward
