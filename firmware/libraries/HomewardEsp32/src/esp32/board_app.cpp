#include "board_app.h"

#include <Arduino.h>
#include <esp_random.h>
#include <esp_system.h>
#include <string.h>

#if !CONFIG_BOOTLOADER_APP_ROLLBACK_ENABLE
#error "The bootloader of this ESP32 core cannot go back to the image before: an update that fails would stay."
#endif

/** The ESP32 core would say that a new image is good before anything of it ran. We say so ourselves: `TrialKeeper`. */
extern "C" bool verifyRollbackLater() { return true; }

namespace homeward {
namespace {

/** Letters and digits that nobody mistakes for each other. */
constexpr char kLetters[] = "abcdefghjkmnpqrstuvwxyz23456789";

}  // namespace

void BoardApp::begin() {
  Serial.begin(115200);
  store_.begin();
  static uint8_t bytes[kMostIdentity];
  const size_t count = store_.load(kIdentityKey, bytes, sizeof bytes);
  isPaired_ = count > 0 && readIdentity(bytes, count, identity_);
  memset(bytes, 0, sizeof bytes);
  // An empty key would be one that everybody knows.
  if (!identity_.hasDoorKey) esp_fill_random(identity_.doorKey, sizeof identity_.doorKey);
  makeCode();
}

void BoardApp::makeCode() {
  if (store_.load("code", code_, sizeof code_) == sizeof code_ && code_[sizeof code_ - 1] == '\0') return;
  uint8_t chance[kCodeSize - 1];
  esp_fill_random(chance, sizeof chance);
  for (size_t n = 0; n < sizeof chance; ++n) code_[n] = kLetters[chance[n] % (sizeof kLetters - 1)];
  code_[sizeof chance] = '\0';
  store_.save("code", code_, sizeof code_);
}

Identity BoardApp::identity() const {
  const char* const id = isPaired_ ? identity_.username : "unpaired";
  return {id, id, product_.model, product_.version};
}

void BoardApp::run(Node& node, EspBoard& board, Inputs& inputs) {
  board.begin(store_);
  static SafetyTask safety(node, board, inputs);
  safety.start();
  uint8_t kept[SafeMode::kSize];
  const size_t count = store_.load("starts", kept, sizeof kept);
  static SafeMode safeMode(kept, count, esp_reset_reason() == ESP_RST_SW, boardClock());
  safeMode.write(kept);
  store_.save("starts", kept, sizeof kept);
  static NetworkTask network({&node, &safety, &store_, &safeMode, {&identity_, product_.name, product_.version}, isPaired_,
                              product_.title, code_, product_.chip});
  network.start();
}

}  // namespace homeward
