#include "update_runner.h"

#include <esp_http_client.h>
#include <freertos/FreeRTOS.h>
#include <freertos/task.h>
#include <mbedtls/md.h>
#include <stdio.h>
#include <string.h>

#include "crypto/mbedtls_crypto.h"

namespace homeward {
namespace {

/** Where the hub serves its app and its images, unless somebody changed it there. */
constexpr int kHubPort = 8443;
constexpr UBaseType_t kPriority = 2;
constexpr uint32_t kStack = 8192;

/** A hash that is given back whatever happens. */
class Sha256 {
 public:
  Sha256() {
    mbedtls_md_init(&at_);
    isGood_ = mbedtls_md_setup(&at_, mbedtls_md_info_from_type(MBEDTLS_MD_SHA256), 0) == 0 && mbedtls_md_starts(&at_) == 0;
  }
  ~Sha256() { mbedtls_md_free(&at_); }
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;
  bool add(const uint8_t* bytes, size_t count) { return isGood_ && mbedtls_md_update(&at_, bytes, count) == 0; }
  bool finish(uint8_t out[32]) { return isGood_ && mbedtls_md_finish(&at_, out) == 0; }

 private:
  mbedtls_md_context_t at_;
  bool isGood_ = false;
};

}  // namespace

const char* UpdateRunner::offer(const char* text, size_t length) {
  if (isBusy_ || isReady_) return "busy";
  const esp_partition_t* const place = esp_ota_get_next_update_partition(nullptr);
  if (place == nullptr) return wordOf(Offer::TooLarge);
  const BrokerIdentity& identity = *source_.identity;
  const uint8_t* const key = identity.hasUpdateKey ? identity.updateKey : nullptr;
  const Offer what = readOffer(text, length, {source_.product, source_.version, place->size, key, mbedtlsVerify}, manifest_);
  if (what != Offer::Taken) return wordOf(what);
  isBusy_ = true;
  if (xTaskCreate(run, "update", kStack, this, kPriority, nullptr) == pdPASS) return "fetching";
  isBusy_ = false;
  return "failed";
}

const char* UpdateRunner::news() {
  const char* const word = news_;
  news_ = nullptr;
  return word;
}

void UpdateRunner::run(void* runner) {
  UpdateRunner* const self = static_cast<UpdateRunner*>(runner);
  self->isReady_ = self->fetch();
  self->news_ = self->isReady_ ? "ready" : "failed";
  self->isBusy_ = false;
  vTaskDelete(nullptr);
}

bool UpdateRunner::fetch() {
  const BrokerIdentity& identity = *source_.identity;
  char path[96];
  snprintf(path, sizeof path, "/api/updates/%s/%s", manifest_.product, manifest_.version);
  esp_http_client_config_t config = {};
  config.host = identity.host;
  config.port = kHubPort;
  config.path = path;
  config.transport_type = HTTP_TRANSPORT_OVER_SSL;
  config.cert_pem = identity.ca;
  config.username = identity.username;
  config.password = identity.password;
  config.auth_type = HTTP_AUTH_TYPE_BASIC;
  config.timeout_ms = 10000;
  config.disable_auto_redirect = true;
  esp_http_client_handle_t client = esp_http_client_init(&config);
  if (client == nullptr) return false;
  const esp_partition_t* const place = esp_ota_get_next_update_partition(nullptr);
  esp_ota_handle_t to = 0;
  bool isWhole = esp_http_client_open(client, 0) == ESP_OK && esp_http_client_fetch_headers(client) >= 0 &&
                 esp_http_client_get_status_code(client) == 200 &&
                 esp_ota_begin(place, OTA_WITH_SEQUENTIAL_WRITES, &to) == ESP_OK;
  if (isWhole) {
    isWhole = copy(client, to);
    // The end looks at the image's own sums too; either way the handle is given back.
    isWhole = (isWhole ? esp_ota_end(to) : esp_ota_abort(to)) == ESP_OK && isWhole;
  }
  esp_http_client_close(client);
  esp_http_client_cleanup(client);
  return isWhole && esp_ota_set_boot_partition(place) == ESP_OK;
}

bool UpdateRunner::copy(void* client, esp_ota_handle_t to) {
  static uint8_t bytes[4096];
  ImageIntake intake(manifest_);
  Sha256 sha;
  for (;;) {
    const int came = esp_http_client_read(static_cast<esp_http_client_handle_t>(client), reinterpret_cast<char*>(bytes), sizeof bytes);
    if (came < 0) return false;
    if (came == 0) break;
    const size_t count = static_cast<size_t>(came);
    if (!intake.take(count) || !sha.add(bytes, count) || esp_ota_write(to, bytes, count) != ESP_OK) return false;
  }
  uint8_t hash[32];
  return sha.finish(hash) && intake.isWhole(hash);
}

TrialKeeper::TrialKeeper(Millis now) : trial_(now), isOnTrial_(false) {
  esp_ota_img_states_t state;
  const esp_partition_t* const running = esp_ota_get_running_partition();
  isOnTrial_ = esp_ota_get_state_partition(running, &state) == ESP_OK && state == ESP_OTA_IMG_PENDING_VERIFY;
}

void TrialKeeper::turn(const SelfTest& test, Millis now) {
  if (!isOnTrial_) return;
  const Fate fate = trial_.judge(test, now);
  if (fate == Fate::Keep) isOnTrial_ = esp_ota_mark_app_valid_cancel_rollback() != ESP_OK;
  // Comes back only when there is nothing to go back to; then it stays.
  if (fate == Fate::RollBack) isOnTrial_ = esp_ota_mark_app_invalid_rollback_and_reboot() == ESP_OK;
}

}  // namespace homeward
