#include "safety_task.h"

#include <esp_task_wdt.h>
#include <freertos/FreeRTOS.h>
#include <freertos/task.h>

namespace homeward {
namespace {

/** Above the network's tasks (Wi-Fi's own is 23, and does not wait for us). Those of ours and of esp-mqtt are 5. */
constexpr UBaseType_t kPriority = 20;
constexpr uint32_t kStack = 6144;
constexpr uint32_t kWatchdogMs = 8000;

void watchThisTask() {
  esp_task_wdt_config_t config = {};
  config.timeout_ms = kWatchdogMs;
  config.trigger_panic = true;
  // The ESP32 core has usually begun already.
  if (esp_task_wdt_init(&config) == ESP_ERR_INVALID_STATE) ESP_ERROR_CHECK(esp_task_wdt_reconfigure(&config));
  ESP_ERROR_CHECK(esp_task_wdt_add(nullptr));
}

}  // namespace

void SafetyTask::start() {
  node_.begin(boardClock());
  const BaseType_t made = xTaskCreate(run, "safety", kStack, this, kPriority, nullptr);
  ESP_ERROR_CHECK(made == pdPASS ? ESP_OK : ESP_ERR_NO_MEM);
}

void SafetyTask::run(void* task) { static_cast<SafetyTask*>(task)->loop(); }

void SafetyTask::loop() {
  watchThisTask();
  TickType_t last = xTaskGetTickCount();
  for (;;) {
    const Millis now = boardClock();
    const uint32_t served = board_.served();
    inputs_.serve(now);
    node_.turn(now);
    // Whoever changes the order above and forgets one of them gets no watchdog fed.
    if (board_.served() != served) esp_task_wdt_reset();
    areHeard_ = inputs_.areAllHeard(now);
    isSounding_ = node_.siren().tone() != Tone::None;
    turns_ = turns_ + 1;
    vTaskDelayUntil(&last, pdMS_TO_TICKS(Node::kTurn));
  }
}

}  // namespace homeward
