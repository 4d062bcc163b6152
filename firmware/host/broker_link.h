#pragma once
#include <mosquitto.h>

#include <atomic>
#include <thread>

#include "board_clock.h"
#include "options.h"

/**
 * The network's task of the virtual board: MQTT 3.1.1 over libmosquitto, in a thread of its own. Whatever hangs in here, the safety task
 * knows nothing of it.
 */
class BrokerLink {
 public:
  BrokerLink(homeward::Node& node, const Options& options, const BoardClock& clock);
  /** Leaves without a word: the broker says the will, as when a board loses its power. */
  ~BrokerLink();

  void start();

  BrokerLink(const BrokerLink&) = delete;
  BrokerLink& operator=(const BrokerLink&) = delete;

 private:
  /** How one try to speak with the broker went on. */
  enum class Phase { Trying, Welcomed, Subscribed, Over };

  void run();
  homeward::Trouble live();
  mosquitto* open();
  bool subscribe(mosquitto* client);
  void send(mosquitto* client);
  void rest(homeward::Millis span);
  homeward::Mail& mail() { return node_.mail(); }

  static void onConnect(mosquitto* client, void* self, int code);
  static void onSubscribe(mosquitto* client, void* self, int id, int count, const int* granted);
  static void onMessage(mosquitto* client, void* self, const mosquitto_message* message);
  static void onPublish(mosquitto* client, void* self, int id);

  homeward::Node& node_;
  const Options& options_;
  const BoardClock& clock_;
  homeward::Backoff backoff_;
  std::thread thread_;
  std::atomic<bool> ends_{false};
  Phase phase_ = Phase::Trying;
  homeward::Trouble trouble_ = homeward::Trouble::None;
  int lastAsked_ = 0;
  int unanswered_ = 0;
};
