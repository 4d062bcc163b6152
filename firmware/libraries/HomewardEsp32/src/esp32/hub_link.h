#pragma once
#include <mqtt_client.h>

#include "homeward/backoff.h"
#include "homeward/node.h"
#include "homeward/ring.h"
#include "setup/broker_identity.h"

namespace homeward {

/**
 * A board at its broker, by the MQTT client that the ESP32 core contains. That has a task of its own; what it hears lies in fixed places
 * until `turn` takes it, so that all of `Mail`'s network side is one task's.
 */
class HubLink {
 public:
  explicit HubLink(Node& node) : node_(node) {}

  /** @param identity stays where it is @returns false: no memory, or an id that is too long */
  bool start(const BrokerIdentity& identity);
  void stop();
  bool isStarted() const { return client_ != nullptr; }

  /** To be called at every turn of the network's task. */
  void turn(Millis now);

  /** The broker has said welcome at least once since the start. */
  bool wasWelcomed() const { return wasWelcomed_; }

  /** An update that was offered, until it is asked for; empty: none. @param out room of `kMostOffer` */
  static constexpr size_t kMostOffer = 512;
  size_t takeOffer(char out[kMostOffer]);
  /** Tells what became of it: one word. */
  void tellUpdate(const char* word);

 private:
  struct Heard {
    char topic[kTopicSize];
    uint16_t topicLength;
    bool isRetained;
    uint32_t length;
    char text[kMostOffer];
  };

  static void hear(void* link, esp_event_base_t, int32_t id, void* event);
  void hearEvent(int32_t id, const esp_mqtt_event_t& event);
  void keep(const esp_mqtt_event_t& event);
  void seeLink(Millis now);
  void subscribe();
  void deliver();
  void send();
  bool publish(const char* topic, const char* text, size_t length, bool isRetained);
  static Trouble troubleOf(const esp_mqtt_error_codes_t& error);

  Node& node_;
  const BrokerIdentity* identity_ = nullptr;
  esp_mqtt_client_handle_t client_ = nullptr;
  Ring<Heard, 8> heard_;
  Backoff backoff_;
  /** Written by the client's task: changes with every connection and every loss of one; odd while there is one. */
  volatile uint32_t link_ = 0;
  volatile uint32_t granted_ = 0;
  volatile uint8_t trouble_ = 0;
  uint32_t seen_ = 0;
  bool isToldConnected_ = false;
  bool wasWelcomed_ = false;
  Millis lostAt_ = 0;
  Millis waits_ = 0;
  bool isWaiting_ = false;
  char offer_[kMostOffer] = {};
  size_t offerLength_ = 0;
  char will_[kTopicSize] = {};
};

}  // namespace homeward
