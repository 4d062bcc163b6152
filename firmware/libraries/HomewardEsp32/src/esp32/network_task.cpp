#include "network_task.h"

#include <Arduino.h>
#include <esp_system.h>
#include <freertos/FreeRTOS.h>
#include <freertos/task.h>
#include <stdio.h>
#include <string.h>

namespace homeward {
namespace {

constexpr UBaseType_t kPriority = 5;
/** TLS runs in the tasks of the MQTT client and of updates, not here. */
constexpr uint32_t kStack = 8192;
constexpr uint32_t kEveryMs = 20;

/** Who the board is to a program on its serial line. */
Identity onTheLine(const NetworkTask::Parts& parts) {
  const Identity& identity = parts.node->identity();
  return {identity.id, identity.name, parts.title, identity.version};
}

}  // namespace

NetworkTask::NetworkTask(const Parts& parts)
    : parts_(parts),
      hub_(*parts.node),
      desk_(wifi_, *parts.store, onTheLine(parts), parts.chip),
      updates_(parts.source),
      trial_(boardClock()) {}

void NetworkTask::start() {
  const BaseType_t made = xTaskCreate(run, "network", kStack, this, kPriority, nullptr);
  ESP_ERROR_CHECK(made == pdPASS ? ESP_OK : ESP_ERR_NO_MEM);
}

void NetworkTask::run(void* task) { static_cast<NetworkTask*>(task)->loop(); }

void NetworkTask::loop() {
  for (;;) {
    const Millis now = boardClock();
    if (parts_.safeMode->turn(now)) keepSafeMode();
    if (parts_.safeMode->mayNetwork(now)) turn(now);
    seeTrial(now);
    vTaskDelay(pdMS_TO_TICKS(kEveryMs));
  }
}

void NetworkTask::keepSafeMode() {
  uint8_t kept[SafeMode::kSize];
  parts_.safeMode->write(kept);
  parts_.store->save("starts", kept, sizeof kept);
}

void NetworkTask::begin() {
  isUp_ = wifi_.begin();
  if (!isUp_) return;
  desk_.begin();
  WifiKey known;
  const bool hasWifi = parts_.store->load(kWifiKey, &known, sizeof known) == sizeof known;
  memset(&known, 0, sizeof known);
  if (hasWifi && parts_.isPaired) return;
  // Printed while the board is not set up, and never afterwards.
  Serial.printf("\nHomeward-%s, code %s\n", parts_.node->identity().id, parts_.code);
  char name[33];
  snprintf(name, sizeof name, "Homeward-%s", parts_.node->identity().id);
  if (wifi_.openPoint(name, parts_.code)) portal_.open();
}

void NetworkTask::turn(Millis now) {
  if (!isUp_) begin();
  if (!isUp_) return;
  desk_.turn(now);
  seePortal(now);
  const bool isJoined = wifi_.isJoined();
  if (isJoined && !wasJoined_ && parts_.isPaired && !hub_.isStarted()) hub_.start(*parts_.source.identity);
  wasJoined_ = isJoined;
  hub_.turn(now);
  seeUpdates();
  if (desk_.wantsRestart(now) || updates_.isReady()) restartWhenQuiet();
}

void NetworkTask::seePortal(Millis) {
  if (!portal_.isOpen()) return;
  const Portal::Sent* const sent = portal_.sent();
  if (sent != nullptr) {
    desk_.take(sent->wifi, sent->identity, sent->count);
    portal_.done();
  }
  if (!wifi_.isJoined()) return;
  portal_.close();
  wifi_.closePoint();
}

void NetworkTask::seeUpdates() {
  static char text[HubLink::kMostOffer];
  const size_t length = hub_.takeOffer(text);
  // What sounds now is worth more than any update.
  if (length > 0) hub_.tellUpdate(parts_.safety->isSounding() ? "busy" : updates_.offer(text, length));
  const char* const news = updates_.news();
  if (news != nullptr) hub_.tellUpdate(news);
}

void NetworkTask::seeTrial(Millis now) {
  if (!trial_.isOnTrial()) return;
  if (elapsed(now, countedAt_) >= kSecond) {
    const uint32_t turns = parts_.safety->turns();
    // Half of what there should be at least.
    areOutputsServed_ = turns - lastTurns_ >= kSecond / Node::kTurn / 2;
    lastTurns_ = turns;
    countedAt_ = now;
  }
  trial_.turn({parts_.safety->areInputsHeard(), areOutputsServed_, parts_.isPaired, hub_.wasWelcomed(),
               parts_.safety->isSounding()},
              now);
}

void NetworkTask::restartWhenQuiet() {
  if (!parts_.safety->isSounding()) esp_restart();
}

}  // namespace homeward
