#include "hub_link.h"

#include <esp_random.h>
#include <string.h>

namespace homeward {
namespace {

constexpr char kOffer[] = "update/offer";
constexpr char kFate[] = "update/state";
/** Room for the longest announcement: 18 parts of some 120 bytes. */
constexpr size_t kMostAnnouncement = 4096;
/** Source: safety.md §3.2: 20 s, so that the broker misses a board within 30 s. */
constexpr int kKeepAliveS = 20;

}  // namespace

bool HubLink::start(const BrokerIdentity& identity) {
  stop();
  identity_ = &identity;
  if (!topicOf(will_, identity.username, Leaf::Availability)) return false;
  esp_mqtt_client_config_t config = {};
  config.broker.address.hostname = identity.host;
  config.broker.address.port = identity.port;
  config.broker.address.transport = identity.isTls ? MQTT_TRANSPORT_OVER_SSL : MQTT_TRANSPORT_OVER_TCP;
  config.broker.verification.certificate = identity.isTls ? identity.ca : nullptr;
  config.credentials.client_id = identity.username;
  config.credentials.username = identity.username;
  config.credentials.authentication.password = identity.password;
  config.session.protocol_ver = MQTT_PROTOCOL_V_3_1_1;
  config.session.keepalive = kKeepAliveS;
  config.session.last_will.topic = will_;
  config.session.last_will.msg = kGone;
  config.session.last_will.msg_len = static_cast<int>(strlen(kGone));
  config.session.last_will.qos = 1;
  config.session.last_will.retain = 1;
  // Its own waits are all alike; ours grow, and begin anew with a welcome alone.
  config.network.disable_auto_reconnect = true;
  config.network.timeout_ms = 10000;
  config.task.priority = 5;
  config.task.stack_size = 8192;
  config.buffer.size = 1024;
  config.buffer.out_size = kMostAnnouncement + 256;
  config.outbox.limit = 16384;
  client_ = esp_mqtt_client_init(&config);
  if (client_ == nullptr) return false;
  esp_mqtt_client_register_event(client_, MQTT_EVENT_ANY, hear, this);
  return esp_mqtt_client_start(client_) == ESP_OK;
}

void HubLink::stop() {
  if (client_ == nullptr) return;
  esp_mqtt_client_destroy(client_);
  client_ = nullptr;
  if (isToldConnected_) node_.mail().disconnected(Trouble::None);
  isToldConnected_ = false;
  isWaiting_ = false;
}

void HubLink::hear(void* link, esp_event_base_t, int32_t id, void* event) {
  static_cast<HubLink*>(link)->hearEvent(id, *static_cast<esp_mqtt_event_handle_t>(event));
}

void HubLink::hearEvent(int32_t id, const esp_mqtt_event_t& event) {
  switch (id) {
    case MQTT_EVENT_CONNECTED:
      granted_ = 0;
      trouble_ = static_cast<uint8_t>(Trouble::None);
      link_ = link_ + (link_ % 2 == 0 ? 1 : 2);
      break;
    case MQTT_EVENT_SUBSCRIBED:
      granted_ = granted_ + 1;
      break;
    case MQTT_EVENT_ERROR:
      trouble_ = static_cast<uint8_t>(troubleOf(*event.error_handle));
      break;
    case MQTT_EVENT_DISCONNECTED:
      if (trouble_ == static_cast<uint8_t>(Trouble::None)) trouble_ = static_cast<uint8_t>(Trouble::Unreachable);
      link_ = link_ + (link_ % 2 == 0 ? 2 : 1);
      break;
    case MQTT_EVENT_DATA:
      keep(event);
      break;
    default:
      break;
  }
}

Trouble HubLink::troubleOf(const esp_mqtt_error_codes_t& error) {
  if (error.error_type == MQTT_ERROR_TYPE_CONNECTION_REFUSED) return Trouble::NotAuthorized;
  return error.esp_tls_cert_verify_flags != 0 ? Trouble::WrongCertificate : Trouble::Unreachable;
}

void HubLink::keep(const esp_mqtt_event_t& event) {
  // Of what comes in several parts the first tells topic and length, and that is all that is kept of it.
  if (event.current_data_offset != 0) return;
  Heard* const place = heard_.place();
  if (place == nullptr) return;
  const bool isNamed = event.topic_len > 0 && static_cast<size_t>(event.topic_len) < sizeof place->topic;
  place->topicLength = isNamed ? static_cast<uint16_t>(event.topic_len) : 0;
  memcpy(place->topic, event.topic, place->topicLength);
  place->topic[place->topicLength] = '\0';
  place->isRetained = event.retain;
  place->length = static_cast<uint32_t>(event.total_data_len);
  const bool isWhole = event.data_len == event.total_data_len && place->length <= sizeof place->text;
  if (isWhole && place->length > 0) memcpy(place->text, event.data, place->length);
  // Longer than anything that is heard: `Mail` says so.
  if (!isWhole) place->length = sizeof place->text + 1;
  heard_.put();
}

void HubLink::turn(Millis now) {
  if (client_ == nullptr) return;
  seeLink(now);
  deliver();
  if (isToldConnected_) send();
}

void HubLink::seeLink(Millis now) {
  const uint32_t link = link_;
  if (link != seen_) {
    seen_ = link;
    isWaiting_ = link % 2 == 0;
    if (isToldConnected_ || isWaiting_) node_.mail().disconnected(static_cast<Trouble>(trouble_));
    isToldConnected_ = false;
    if (isWaiting_) {
      lostAt_ = now;
      waits_ = backoff_.next(esp_random());
    } else {
      backoff_.welcomed();
      subscribe();
    }
  }
  if (isWaiting_ && elapsed(now, lostAt_) >= waits_ && esp_mqtt_client_reconnect(client_) == ESP_OK) isWaiting_ = false;
  if (link % 2 == 1 && !isToldConnected_ && granted_ > kInlets) {
    node_.mail().connected();
    isToldConnected_ = true;
    wasWelcomed_ = true;
  }
}

void HubLink::subscribe() {
  char topic[kTopicSize];
  for (uint8_t n = 0; n < kInlets; ++n) {
    if (topicOf(topic, identity_->username, static_cast<Inlet>(n))) esp_mqtt_client_subscribe_single(client_, topic, 1);
  }
  if (topicOf(topic, identity_->username, kOffer)) esp_mqtt_client_subscribe_single(client_, topic, 1);
}

void HubLink::deliver() {
  char offers[kTopicSize];
  topicOf(offers, identity_->username, kOffer);
  for (const Heard* heard = heard_.front(); heard != nullptr; heard = heard_.front()) {
    if (strcmp(heard->topic, offers) != 0) {
      node_.mail().deliver(identity_->username, heard->topic, heard->text, heard->length, heard->isRetained);
    } else if (!heard->isRetained && heard->length <= sizeof offer_) {
      memcpy(offer_, heard->text, heard->length);
      offerLength_ = heard->length;
    }
    heard_.take();
  }
}

void HubLink::send() {
  static char announcement[kMostAnnouncement];
  char topic[kTopicSize];
  for (const Outgoing* letter = node_.mail().next(); letter != nullptr; letter = node_.mail().next()) {
    const char* text = letter->text;
    size_t length = letter->length;
    if (letter->leaf == Leaf::Announcement) {
      JsonWriter json(announcement, sizeof announcement);
      // With too little room there is nothing to say; the test of the golden announcements would have found it.
      text = announcement;
      length = node_.announce(json) ? json.length() : 0;
    }
    // The client's own outbox is full: it stays here until there is room.
    if (!topicOf(topic, identity_->username, letter->leaf) || !publish(topic, text, length, isRetained(letter->leaf))) return;
    node_.mail().sent();
  }
}

bool HubLink::publish(const char* topic, const char* text, size_t length, bool isRetained) {
  return esp_mqtt_client_enqueue(client_, topic, text, static_cast<int>(length), 1, isRetained ? 1 : 0, true) >= 0;
}

size_t HubLink::takeOffer(char out[kMostOffer]) {
  const size_t length = offerLength_;
  memcpy(out, offer_, length);
  offerLength_ = 0;
  return length;
}

void HubLink::tellUpdate(const char* word) {
  char topic[kTopicSize];
  if (isToldConnected_ && topicOf(topic, identity_->username, kFate)) publish(topic, word, strlen(word), true);
}

}  // namespace homeward
