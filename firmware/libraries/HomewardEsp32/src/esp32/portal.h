#pragma once
#include <esp_http_server.h>

#include "setup/broker_identity.h"
#include "setup/wifi_key.h"

namespace homeward {

/**
 * The page of the board's own access point, for whoever has no cable: a form for Wi-Fi and broker. It is there only until a Wi-Fi was
 * joined, behind WPA2 with a code that the board prints on its serial line; afterwards there is no access point at all.
 */
class Portal {
 public:
  /** @returns false: no memory */
  bool open();
  void close();
  bool isOpen() const { return server_ != nullptr; }

  /** What was sent. Of the network's task alone. */
  struct Sent {
    WifiKey wifi;
    uint8_t identity[kMostIdentity];
    /** 0: the identity that the board has stays. */
    size_t count;
  };

  /** @returns null: nothing was sent; else it stays as it is until `done` */
  const Sent* sent() const { return hasSent_ ? &sent_ : nullptr; }
  /** Wipes it. */
  void done();

 private:
  static esp_err_t show(httpd_req_t* request);
  static esp_err_t take(httpd_req_t* request);
  bool read(httpd_req_t* request);

  httpd_handle_t server_ = nullptr;
  volatile bool hasSent_ = false;
  Sent sent_ = {};
};

}  // namespace homeward
