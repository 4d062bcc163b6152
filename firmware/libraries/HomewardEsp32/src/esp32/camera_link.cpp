#include "camera_link.h"

// A board without a camera has no driver for one, and its sketch does not call this.
#if __has_include(<esp_camera.h>)

#include <esp_camera.h>
#include <esp_http_client.h>
#include <stdio.h>

namespace homeward {
namespace {

/** Where the hub serves its app, unless somebody changed it there. */
constexpr int kHubPort = 8443;
/** The longest picture that the hub looks at. Source: safety.md §6: 2 MiB. */
constexpr size_t kMostBytes = 2 * 1024 * 1024;

}  // namespace

void CameraLink::turn(bool isSeen, Millis now) {
  if (!isSeen || (hasSent_ && elapsed(now, sentAt_) < kBetween)) return;
  hasSent_ = true;
  sentAt_ = now;
  camera_fb_t* const frame = esp_camera_fb_get();
  const bool isTaken = frame != nullptr && frame->format == PIXFORMAT_JPEG && send(frame->buf, frame->len);
  if (frame != nullptr) esp_camera_fb_return(frame);
  isTaken ? ++taken_ : ++failed_;
}

bool CameraLink::send(const uint8_t* jpeg, size_t count) {
  // Never in the clear, and never to whom nobody vouches for.
  if (count == 0 || count > kMostBytes || !identity_.isTls) return false;
  char path[sizeof BrokerIdentity::username + 32];
  snprintf(path, sizeof path, "/api/boards/%s/picture", identity_.username);
  esp_http_client_config_t config = {};
  config.host = identity_.host;
  config.port = kHubPort;
  config.path = path;
  config.transport_type = HTTP_TRANSPORT_OVER_SSL;
  config.cert_pem = identity_.ca;
  config.username = identity_.username;
  config.password = identity_.password;
  config.auth_type = HTTP_AUTH_TYPE_BASIC;
  config.method = HTTP_METHOD_POST;
  config.timeout_ms = 10000;
  config.disable_auto_redirect = true;
  esp_http_client_handle_t client = esp_http_client_init(&config);
  if (client == nullptr) return false;
  esp_http_client_set_header(client, "Content-Type", "image/jpeg");
  esp_http_client_set_post_field(client, reinterpret_cast<const char*>(jpeg), static_cast<int>(count));
  const bool isTaken = esp_http_client_perform(client) == ESP_OK && esp_http_client_get_status_code(client) / 100 == 2;
  esp_http_client_cleanup(client);
  return isTaken;
}

}  // namespace homeward

#endif
