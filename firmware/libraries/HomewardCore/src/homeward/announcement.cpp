#include "announcement.h"

#include <string.h>

namespace homeward {
namespace {

/** In the order of `Platform`. */
constexpr const char* kPlatforms[] = {"sensor", "binary_sensor", "siren", "switch", "lock"};

/** Puts parts together; what does not fit is not there at all. */
bool join(char* out, size_t size, const char* const* parts, uint8_t count) {
  size_t length = 0;
  for (uint8_t n = 0; n < count; ++n) {
    const size_t more = strlen(parts[n]);
    if (length + more >= size) return false;
    memcpy(out + length, parts[n], more);
    length += more;
  }
  out[length] = '\0';
  return true;
}

/** Writes a component; false: one of its words is too long. */
bool writeComponent(JsonWriter& json, const Identity& identity, const Component& component, uint16_t expireS) {
  char text[kTopicSize];
  const char* const unique[] = {identity.id, "_", component.key};
  const char* const reading[] = {"{{ value_json.", component.key, " }}"};
  const char* const command[] = {"homeward/", identity.id, "/", component.key, "/set"};
  const bool isSiren = component.platform == Platform::Siren;
  const bool isCommanded = isSiren || component.platform == Platform::Switch || component.platform == Platform::Lock;

  json.open(component.key).word("p", kPlatforms[static_cast<uint8_t>(component.platform)]);
  if (!join(text, sizeof text, unique, 3)) return false;
  json.word("uniq_id", text).word("name", component.name);
  if (!join(text, sizeof text, reading, 3)) return false;
  json.word(isSiren ? "stat_val_tpl" : "val_tpl", text);
  if (component.deviceClass != nullptr) json.word("dev_cla", component.deviceClass);
  if (component.unit != nullptr) json.word("unit_of_meas", component.unit).word("stat_cla", "measurement");
  if (component.quantity != nullptr) json.word("hw_quantity", component.quantity);
  if (component.isDiagnostic) json.word("ent_cat", "diagnostic");
  if (isCommanded) {
    if (!join(text, sizeof text, command, 5)) return false;
    json.word("cmd_t", text);
  } else {
    json.number("exp_aft", expireS);
  }
  if (isSiren) {
    json.openList("av_tones").word("fire_t3").word("co_t4").word("gas").word("steady").word("chirp").closeList();
    json.flag("sup_vol", false);
  }
  json.close();
  return true;
}

}  // namespace

bool topicOf(char out[kTopicSize], const char* id, const char* leaf) {
  const char* const parts[] = {"homeward/", id, "/", leaf};
  return join(out, kTopicSize, parts, 4);
}

bool writeAnnouncement(JsonWriter& json, const Identity& identity, const Component* components, uint8_t count,
                       uint16_t expireS) {
  char topic[kTopicSize];
  json.open().open("dev").openList("ids").word(identity.id).closeList().word("name", identity.name);
  json.word("mf", "Homeward").word("mdl", identity.model).word("sw", identity.version).close();
  json.open("o").word("name", "homeward-firmware").word("sw", identity.version).close();
  if (!topicOf(topic, identity.id, "availability")) return false;
  json.word("avty_t", topic);
  // Shorter than the one before: it fits too.
  (void)topicOf(topic, identity.id, "state");
  json.word("stat_t", topic).number("qos", 1).open("cmps");
  for (uint8_t n = 0; n < count; ++n) {
    if (!writeComponent(json, identity, components[n], expireS)) return false;
  }
  json.close().close();
  return json.isWhole();
}

}  // namespace homeward
