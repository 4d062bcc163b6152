#include "topics.h"

#include <string.h>

namespace homeward {
namespace {

/** In the order of `Leaf`, without the announcement. */
constexpr const char* kLeaves[] = {"availability", "state", "alarm", "nonce", "keypad"};

/** Where it comes in: in full, or behind `homeward/<id>/`. */
struct Way {
  const char* topic;
  bool isOwn;
};

/** In the order of `Inlet`. */
constexpr Way kWays[kInlets] = {
    {"homeward/hub/beat", false}, {"homeward/hub/countdown", false}, {"homeassistant/status", false},
    {"ack", true},                {"siren/set", true},               {"fan/set", true},
    {"lock/set", true},           {"nonce/get", true},               {"command", true},
};

}  // namespace

bool topicOf(char out[kTopicSize], const char* id, Leaf leaf) {
  if (leaf != Leaf::Announcement) return topicOf(out, id, kLeaves[static_cast<uint8_t>(leaf) - 1]);
  constexpr char kBefore[] = "homeassistant/device/";
  constexpr char kAfter[] = "/config";
  const size_t length = strlen(id);
  if (sizeof kBefore - 1 + length + sizeof kAfter > kTopicSize) return false;
  memcpy(out, kBefore, sizeof kBefore - 1);
  memcpy(out + sizeof kBefore - 1, id, length);
  memcpy(out + sizeof kBefore - 1 + length, kAfter, sizeof kAfter);
  return true;
}

bool topicOf(char out[kTopicSize], const char* id, Inlet inlet) {
  const Way& way = kWays[static_cast<uint8_t>(inlet)];
  if (way.isOwn) return topicOf(out, id, way.topic);
  strcpy(out, way.topic);
  return true;
}

Inlet inletOf(const char* id, const char* topic) {
  constexpr char kOwn[] = "homeward/";
  const size_t length = strlen(id);
  const char* leaf = nullptr;
  if (strncmp(topic, kOwn, sizeof kOwn - 1) == 0) {
    const char* const rest = topic + sizeof kOwn - 1;
    if (strncmp(rest, id, length) == 0 && rest[length] == '/') leaf = rest + length + 1;
  }
  for (uint8_t n = 0; n < kInlets; ++n) {
    const char* const told = kWays[n].isOwn ? leaf : topic;
    if (told != nullptr && strcmp(told, kWays[n].topic) == 0) return static_cast<Inlet>(n);
  }
  return Inlet::Foreign;
}

}  // namespace homeward
