#pragma once
#include "homeward/announcement.h"
#include "identity_intake.h"
#include "improv_packet.h"
#include "wifi_key.h"

namespace homeward {

/** What set-up may do on a board. Called by the network's task alone. */
class SetupPort {
 public:
  virtual void write(const uint8_t* bytes, size_t count) = 0;
  /** Begins to join that Wi-Fi, and keeps it when it was joined. What became of it: `joined` or `failed`. */
  virtual void join(const WifiKey& key) = 0;
  /** Begins to look for networks. What was found: `found`, then `searched`. */
  virtual void search() = 0;
  /** Keeps an identity, whole or not at all. @returns false: no room; the old one stays */
  virtual bool keepIdentity(const uint8_t* bytes, size_t count) = 0;
  /** It has been kept: connect anew as that. */
  virtual void identified(const BrokerIdentity& identity) = 0;

 protected:
  ~SetupPort() = default;
};

/**
 * Gives a board its Wi-Fi and its identity over a serial line: Improv with three calls of our own (`firmware/contract/improv.md`). No
 * call reads a secret back.
 */
class SerialSetup {
 public:
  /** A Wi-Fi that was not joined by then is given up. Ours: a slow access point needs 15 s. */
  static constexpr Millis kJoinsIn = 30 * kSecond;

  /** @param chip what it runs on: `ESP32`, `ESP32-C3` … All words stay where they are. */
  SerialSetup(SetupPort& port, const Identity& board, const char* chip) : port_(port), board_(board), chip_(chip) {}

  /** A byte came over the line. */
  void put(uint8_t byte, Millis now);

  /** To be called at every turn. */
  void turn(Millis now);

  void joined();
  void failed();
  void found(const char* ssid, int8_t rssiDbm, bool isLocked);
  void searched();

 private:
  enum class State : uint8_t { Ready = 2, Joining = 3, Joined = 4 };
  enum class Error : uint8_t { None = 0, Malformed = 1, Unknown = 2, NoWifi = 3, Identity = 0xa0, Other = 0xff };

  void obey(const ImprovPacket& packet, Millis now);
  bool obeyWifi(const uint8_t* data, uint8_t length, Millis now);
  bool obeyPiece(const uint8_t* data, uint8_t length);
  bool obeyKeep();
  void tellState();
  void tellError(Error error);
  /** Tells a result with up to four texts; null: no more. */
  void tellResult(uint8_t call, const char* a = nullptr, const char* b = nullptr, const char* c = nullptr,
                  const char* d = nullptr);
  void tell(ImprovType type, const uint8_t* data, uint8_t length);

  SetupPort& port_;
  Identity board_;
  const char* chip_;
  ImprovReader reader_;
  IdentityIntake intake_;
  BrokerIdentity identity_ = {};
  State state_ = State::Ready;
  Millis joiningFrom_ = 0;
  bool isSearching_ = false;
};

}  // namespace homeward
