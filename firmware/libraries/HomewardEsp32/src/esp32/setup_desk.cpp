#include "setup_desk.h"

#include <Arduino.h>
#include <string.h>

namespace homeward {

void SetupDesk::begin() {
  WifiKey known;
  if (store_.load(kWifiKey, &known, sizeof known) == sizeof known) wifi_.join(known);
  memset(&known, 0, sizeof known);
}

void SetupDesk::turn(Millis now) {
  // One packet at most in a turn, so that a line full of garbage stops nothing else.
  for (int left = 256; left > 0 && Serial.available() > 0; --left) setup_.put(static_cast<uint8_t>(Serial.read()), now);
  setup_.turn(now);
  seeWifi(now);
  seeSearch();
}

void SetupDesk::seeWifi(Millis now) {
  const bool isJoined = wifi_.isJoined();
  if (isJoined && !wasJoined_) {
    if (isJoining_) store_.save(kWifiKey, &wanted_, sizeof wanted_);
    setup_.joined();
    isJoining_ = false;
    memset(&wanted_, 0, sizeof wanted_);
  } else if (isJoining_ && wifi_.failures() >= kMostFailures) {
    setup_.failed();
    isJoining_ = false;
    memset(&wanted_, 0, sizeof wanted_);
    // Back to the one that worked.
    begin();
  }
  wasJoined_ = isJoined;
  if (hasNewIdentity_ && isJoined && !isJoining_ && !isReady_) {
    isReady_ = true;
    readyAt_ = now;
  }
}

void SetupDesk::seeSearch() {
  if (!isSearching_ || !wifi_.hasSearched()) return;
  isSearching_ = false;
  char ssid[33];
  int8_t rssiDbm = 0;
  bool isLocked = false;
  while (wifi_.takeFound(ssid, rssiDbm, isLocked)) {
    // Hidden ones have no name.
    if (ssid[0] != '\0') setup_.found(ssid, rssiDbm, isLocked);
  }
  setup_.searched();
}

bool SetupDesk::take(const WifiKey& key, const uint8_t* identity, size_t count) {
  if (count > 0 && !keepIdentity(identity, count)) return false;
  if (count > 0) hasNewIdentity_ = true;
  join(key);
  return true;
}

void SetupDesk::write(const uint8_t* bytes, size_t count) { Serial.write(bytes, count); }

void SetupDesk::join(const WifiKey& key) {
  wanted_ = key;
  isJoining_ = true;
  wasJoined_ = false;
  wifi_.join(key);
}

void SetupDesk::search() {
  if (wifi_.search()) {
    isSearching_ = true;
  } else {
    setup_.searched();
  }
}

bool SetupDesk::keepIdentity(const uint8_t* bytes, size_t count) { return store_.save(kIdentityKey, bytes, count); }

void SetupDesk::identified(const BrokerIdentity&) { hasNewIdentity_ = true; }

}  // namespace homeward
