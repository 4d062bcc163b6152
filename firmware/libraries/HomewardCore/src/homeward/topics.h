#pragma once
#include "announcement.h"

namespace homeward {

/** On which of its topics a board says something. Retained: `Announcement` and `Availability`. All of it at QoS 1. */
enum class Leaf : uint8_t { Announcement, Availability, State, Alarm, Nonce, Keypad };

/** What a board hears. `Foreign` is nothing that it asked for. */
enum class Inlet : uint8_t { Beat, Countdown, HomeAssistant, Ack, Siren, Fan, Lock, NonceAsked, Command, Foreign };

/** So many things a board subscribes to: everything but `Foreign`. */
constexpr uint8_t kInlets = static_cast<uint8_t>(Inlet::Foreign);

constexpr bool isRetained(Leaf leaf) { return leaf == Leaf::Announcement || leaf == Leaf::Availability; }

/** @returns false: the id is too long */
bool topicOf(char out[kTopicSize], const char* id, Leaf leaf);

/** What to subscribe to, at QoS 1. @returns false: the id is too long */
bool topicOf(char out[kTopicSize], const char* id, Inlet inlet);

/** What came on that topic. */
Inlet inletOf(const char* id, const char* topic);

/** What the broker is to say of a board that went without a word (last will), on `Leaf::Availability`, retained. */
constexpr char kGone[] = "offline";

}  // namespace homeward
