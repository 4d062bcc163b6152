#pragma once
#include "nvs_store.h"
#include "setup/serial_setup.h"
#include "wifi_link.h"

namespace homeward {

/** Where a board's Wi-Fi and identity lie in its flash. */
constexpr char kWifiKey[] = "wifi";
constexpr char kIdentityKey[] = "identity";

/** Set-up over the serial line: what `SerialSetup` asks for, done. Of the network's task alone. */
class SetupDesk final : public SetupPort {
 public:
  SetupDesk(WifiLink& wifi, NvsStore& store, const Identity& board, const char* chip)
      : wifi_(wifi), store_(store), setup_(*this, board, chip) {}

  void begin();
  void turn(Millis now);

  /** Wi-Fi and identity from elsewhere: the board's own access point. @returns false: no room in the flash */
  bool take(const WifiKey& key, const uint8_t* identity, size_t count);

  /** Another identity was kept and the board has a Wi-Fi: it is to start anew, as soon as nothing sounds. */
  bool wantsRestart(Millis now) const { return isReady_ && elapsed(now, readyAt_) >= kFarewell; }

  void write(const uint8_t* bytes, size_t count) override;
  void join(const WifiKey& key) override;
  void search() override;
  bool keepIdentity(const uint8_t* bytes, size_t count) override;
  void identified(const BrokerIdentity& identity) override;

 private:
  /** Long enough for the last answer to be read. */
  static constexpr Millis kFarewell = 2 * kSecond;
  /** So many failures in a row are a no: an access point is often busy once. */
  static constexpr uint32_t kMostFailures = 3;

  void seeWifi(Millis now);
  void seeSearch();

  WifiLink& wifi_;
  NvsStore& store_;
  SerialSetup setup_;
  WifiKey wanted_ = {};
  bool isJoining_ = false;
  bool wasJoined_ = false;
  bool isSearching_ = false;
  bool hasNewIdentity_ = false;
  bool isReady_ = false;
  Millis readyAt_ = 0;
};

}  // namespace homeward
