#include "broker_link.h"

#include <poll.h>
#include <sys/random.h>

#include <cstring>
#include <ctime>

#include "said.h"

using homeward::Inlet;
using homeward::Leaf;
using homeward::Millis;
using homeward::Trouble;

namespace {

/** Silence of the broker that ends the connection, s. Source: safety.md §3.2. */
constexpr int kKeepAliveS = 20;

/** Whoever has not said welcome by then is not there, s of real time: a peer that drops SYNs says nothing for two minutes. */
constexpr int kPatienceS = 10;

/** So many may be on their way at once: what waits, waits in the board's own places. */
constexpr int kInFlight = 8;

/** Room for the largest announcement. */
constexpr size_t kAnnouncement = 4096;

/** Whether the connection failed: with TLS the library does not notice that nobody took it up. */
bool isBroken(mosquitto* client) {
  pollfd look = {mosquitto_socket(client), 0, 0};
  return look.fd >= 0 && poll(&look, 1, 0) > 0 && (look.revents & POLLERR) != 0;
}

/** CONNACK: bad user name or password; not authorized. Source: MQTT 3.1.1, 3.2.2.3. */
bool isRefusal(int code) { return code == 4 || code == 5; }

}  // namespace

BrokerLink::BrokerLink(homeward::Node& node, const Options& options, const BoardClock& clock)
    : node_(node), options_(options), clock_(clock) {}

void BrokerLink::start() {
  mosquitto_lib_init();
  thread_ = std::thread([this] { run(); });
}

BrokerLink::~BrokerLink() {
  ends_ = true;
  if (thread_.joinable()) thread_.join();
  mosquitto_lib_cleanup();
}

void BrokerLink::run() {
  while (!ends_) {
    const Trouble trouble = live();
    mail().disconnected(trouble);
    uint32_t chance = 0;
    (void)getrandom(&chance, sizeof chance, 0);
    const Millis span = backoff_.next(chance);
    said("%u retry %u", clock_.now(), span);
    rest(span);
  }
}

/** One connection from its first packet to its end. @returns why it ended */
Trouble BrokerLink::live() {
  phase_ = Phase::Trying;
  trouble_ = Trouble::Unreachable;
  unanswered_ = 0;
  mosquitto* const client = open();
  const time_t since = std::time(nullptr);
  int code = client == nullptr ? MOSQ_ERR_INVAL : mosquitto_connect_async(client, options_.host.c_str(), options_.port, kKeepAliveS);
  while (code == MOSQ_ERR_SUCCESS && !ends_ && phase_ != Phase::Over) {
    code = mosquitto_loop(client, 5, 1);
    if (phase_ == Phase::Welcomed && lastAsked_ == 0 && !subscribe(client)) break;
    if (phase_ == Phase::Subscribed) send(client);
    if (phase_ == Phase::Trying && (isBroken(client) || std::time(nullptr) - since > kPatienceS)) break;
  }
  if (code == MOSQ_ERR_TLS || code == MOSQ_ERR_TLS_HANDSHAKE) trouble_ = Trouble::WrongCertificate;
  lastAsked_ = 0;
  if (client != nullptr) mosquitto_destroy(client);
  return trouble_;
}

mosquitto* BrokerLink::open() {
  mosquitto* const client = mosquitto_new(options_.id.c_str(), true, this);
  char topic[homeward::kTopicSize];
  bool isReady = client != nullptr && homeward::topicOf(topic, options_.id.c_str(), Leaf::Availability) &&
                 mosquitto_will_set(client, topic, static_cast<int>(std::strlen(homeward::kGone)), homeward::kGone, 1, true) == 0;
  if (isReady && !options_.username.empty()) {
    isReady = mosquitto_username_pw_set(client, options_.username.c_str(), options_.password.c_str()) == 0;
  }
  if (isReady && !options_.ca.empty()) {
    isReady = mosquitto_tls_set(client, options_.ca.c_str(), nullptr, nullptr, nullptr, nullptr) == 0;
  }
  if (!isReady) {
    if (client != nullptr) mosquitto_destroy(client);
    trouble_ = options_.ca.empty() ? Trouble::Unreachable : Trouble::WrongCertificate;
    return nullptr;
  }
  mosquitto_int_option(client, MOSQ_OPT_TCP_NODELAY, 1);
  mosquitto_connect_callback_set(client, onConnect);
  mosquitto_subscribe_callback_set(client, onSubscribe);
  mosquitto_message_callback_set(client, onMessage);
  mosquitto_publish_callback_set(client, onPublish);
  return client;
}

bool BrokerLink::subscribe(mosquitto* client) {
  for (uint8_t n = 0; n < homeward::kInlets; ++n) {
    char topic[homeward::kTopicSize];
    if (!homeward::topicOf(topic, options_.id.c_str(), static_cast<Inlet>(n))) return false;
    if (mosquitto_subscribe(client, &lastAsked_, topic, 1) != MOSQ_ERR_SUCCESS) return false;
  }
  return true;
}

void BrokerLink::send(mosquitto* client) {
  for (const homeward::Outgoing* each = mail().next(); each != nullptr && unanswered_ < kInFlight; each = mail().next()) {
    char topic[homeward::kTopicSize];
    char text[kAnnouncement];
    const char* payload = each->text;
    size_t length = each->length;
    if (each->leaf == Leaf::Announcement) {
      homeward::JsonWriter json(text, sizeof text);
      if (!node_.announce(json)) said("%u announcement too_long", clock_.now());
      payload = text;
      length = json.length();
    }
    if (!homeward::topicOf(topic, options_.id.c_str(), each->leaf)) return;
    const bool isKept = homeward::isRetained(each->leaf);
    if (mosquitto_publish(client, nullptr, topic, static_cast<int>(length), payload, 1, isKept) != MOSQ_ERR_SUCCESS) return;
    ++unanswered_;
    mail().sent();
  }
}

void BrokerLink::rest(Millis span) {
  const auto until = std::chrono::steady_clock::now() + clock_.real(span);
  while (!ends_ && std::chrono::steady_clock::now() < until) std::this_thread::sleep_for(std::chrono::milliseconds(5));
}

void BrokerLink::onConnect(mosquitto*, void* self, int code) {
  BrokerLink& link = *static_cast<BrokerLink*>(self);
  said("%u connack %d", link.clock_.now(), code);
  if (code == 0) {
    link.backoff_.welcomed();
    link.phase_ = Phase::Welcomed;
    return;
  }
  link.phase_ = Phase::Over;
  if (isRefusal(code)) link.trouble_ = Trouble::NotAuthorized;
}

void BrokerLink::onSubscribe(mosquitto*, void* self, int id, int, const int*) {
  BrokerLink& link = *static_cast<BrokerLink*>(self);
  if (id != link.lastAsked_) return;
  link.phase_ = Phase::Subscribed;
  link.mail().connected();
}

void BrokerLink::onMessage(mosquitto*, void* self, const mosquitto_message* message) {
  BrokerLink& link = *static_cast<BrokerLink*>(self);
  const size_t length = static_cast<size_t>(message->payloadlen);
  link.mail().deliver(link.options_.id.c_str(), message->topic, message->payload, length, message->retain);
}

void BrokerLink::onPublish(mosquitto*, void* self, int) { --static_cast<BrokerLink*>(self)->unanswered_; }
