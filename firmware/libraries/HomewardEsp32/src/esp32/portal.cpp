#include "portal.h"

#include <string.h>

#include "setup/setup_form.h"

namespace homeward {
namespace {

/** Its tasks hold a field of 4 kB each while they read a form. */
constexpr size_t kStack = 12288;

constexpr char kPage[] =
    "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>"
    "<title>Homeward</title><style>body{font:1rem sans-serif;max-width:28rem;margin:2rem auto;padding:0 1rem}"
    "label{display:block;margin:.8rem 0}input,textarea,button{font:inherit;width:100%;padding:.5rem;box-sizing:border-box}"
    "bdi{float:right}</style><h1>Homeward</h1><form method=post action=/setup>"
    "<label>Wi-Fi <bdi lang=ar dir=rtl>شبكة الواي فاي</bdi><input name=ssid required maxlength=32></label>"
    "<label>Wi-Fi password <bdi lang=ar dir=rtl>كلمة مرور الواي فاي</bdi><input name=password type=password maxlength=64></label>"
    "<p>From the hub's page \"Add a device\"; leave empty to keep what the board has."
    "<br><span lang=ar dir=rtl>من صفحة «إضافة جهاز» في المركز؛ اتركها فارغة للإبقاء على ما في اللوحة.</span></p>"
    "<label>Address <bdi lang=ar dir=rtl>العنوان</bdi><input name=host maxlength=253></label>"
    "<label>Port <bdi lang=ar dir=rtl>المنفذ</bdi><input name=port inputmode=numeric value=8883 maxlength=5></label>"
    "<label>Encrypted (1 or 0) <bdi lang=ar dir=rtl>مشفّر (1 أو 0)</bdi><input name=tls inputmode=numeric value=1 maxlength=1></label>"
    "<label>Name <bdi lang=ar dir=rtl>الاسم</bdi><input name=username maxlength=64></label>"
    "<label>Password <bdi lang=ar dir=rtl>كلمة المرور</bdi><input name=secret type=password maxlength=128></label>"
    "<label>Certificate <bdi lang=ar dir=rtl>الشهادة</bdi><textarea name=ca rows=4></textarea></label>"
    "<button>Save · <span lang=ar>حفظ</span></button></form>";

constexpr char kSaved[] =
    "<!doctype html><meta charset=utf-8><p>Saved. The board joins the Wi-Fi now; when its light stays on, this access point is gone.</p>"
    "<p lang=ar dir=rtl>تم الحفظ. تنضم اللوحة الآن إلى الشبكة، ثم تختفي نقطة الوصول هذه.</p>";

constexpr char kRefused[] =
    "<!doctype html><meta charset=utf-8><p>Something in the form cannot be. Go back and look at it again.</p>"
    "<p lang=ar dir=rtl>في النموذج ما لا يصح. ارجع وتحقق منه.</p>";

/** One form at a time: there is one server, with one task. */
char body[kMostForm];

}  // namespace

bool Portal::open() {
  httpd_config_t config = HTTPD_DEFAULT_CONFIG();
  config.stack_size = kStack;
  config.max_open_sockets = 2;
  config.lru_purge_enable = true;
  if (httpd_start(&server_, &config) != ESP_OK) {
    server_ = nullptr;
    return false;
  }
  httpd_uri_t page = {};
  page.uri = "/";
  page.method = HTTP_GET;
  page.handler = show;
  httpd_uri_t form = {};
  form.uri = "/setup";
  form.method = HTTP_POST;
  form.handler = take;
  form.user_ctx = this;
  return httpd_register_uri_handler(server_, &page) == ESP_OK && httpd_register_uri_handler(server_, &form) == ESP_OK;
}

void Portal::close() {
  if (server_ != nullptr) httpd_stop(server_);
  server_ = nullptr;
  done();
  memset(body, 0, sizeof body);
}

void Portal::done() {
  memset(&sent_, 0, sizeof sent_);
  hasSent_ = false;
}

esp_err_t Portal::show(httpd_req_t* request) {
  httpd_resp_set_type(request, "text/html; charset=utf-8");
  return httpd_resp_send(request, kPage, sizeof kPage - 1);
}

esp_err_t Portal::take(httpd_req_t* request) {
  Portal* const self = static_cast<Portal*>(request->user_ctx);
  const bool isTaken = self->read(request);
  memset(body, 0, sizeof body);
  httpd_resp_set_type(request, "text/html; charset=utf-8");
  if (isTaken) return httpd_resp_send(request, kSaved, sizeof kSaved - 1);
  httpd_resp_set_status(request, "400 Bad Request");
  return httpd_resp_send(request, kRefused, sizeof kRefused - 1);
}

bool Portal::read(httpd_req_t* request) {
  // What was sent before has not been taken yet.
  if (hasSent_ || request->content_len > sizeof body) return false;
  size_t count = 0;
  while (count < request->content_len) {
    const int came = httpd_req_recv(request, body + count, request->content_len - count);
    if (came <= 0) return false;
    count += static_cast<size_t>(came);
  }
  char ssid[sizeof WifiKey::ssid];
  char password[sizeof WifiKey::password];
  const int32_t ssidLength = formField(body, count, "ssid", ssid, sizeof ssid);
  const int32_t passwordLength = formField(body, count, "password", password, sizeof password);
  if (ssidLength < 0 || passwordLength < 0) return false;
  const bool isKey = setWifiKey(sent_.wifi, reinterpret_cast<const uint8_t*>(ssid), static_cast<size_t>(ssidLength),
                                reinterpret_cast<const uint8_t*>(password), static_cast<size_t>(passwordLength));
  memset(password, 0, sizeof password);
  char host[2];
  // Only an empty field has no room for one character less than one.
  const bool keepsIdentity = formField(body, count, "host", host, 1) == 0;
  static BrokerIdentity identity;
  sent_.count = keepsIdentity ? 0 : identityOfForm(body, count, sent_.identity);
  const bool isIdentity = keepsIdentity || (sent_.count > 0 && readIdentity(sent_.identity, sent_.count, identity));
  memset(&identity, 0, sizeof identity);
  hasSent_ = isKey && isIdentity;
  return hasSent_;
}

}  // namespace homeward
