#pragma once
#include "alarm_outbox.h"
#include "announcement.h"
#include "board.h"
#include "command_guard.h"
#include "debounce.h"
#include "entry_watch.h"
#include "hub_watch.h"
#include "limit.h"
#include "mail.h"
#include "settings.h"
#include "siren.h"

namespace homeward {

/** The word for what came on a topic that is none of the board's. */
constexpr char kForeign[] = "foreign_topic";

/** What a node's own things call for now. */
struct Call {
  Level level;
  Tone tone;
};

/**
 * What every board does: it sounds, hears the hub, tells what it sees, and goes on without either. `begin`, `turn` and all that happens to
 * it belong to the safety task; only `mail`'s network side and `announce` to another. No heap, and nothing here waits.
 */
class Node {
 public:
  /** A turn at least so often: the shortest beat of a siren is 100 ms, and its tolerance a tenth (safety.md SIR-1). */
  static constexpr Millis kTurn = 10;
  /** Parts of one board. */
  static constexpr uint8_t kMostParts = 18;

  /** Takes up what was kept, with all outputs at rest. Once, before everything else. */
  void begin(Millis now);

  /** Judges, sounds, hears and tells. */
  void turn(Millis now);

  /** The case was opened or closed; may bounce. */
  void tamper(bool open, Millis now) { tamper_.read(open, now); }

  /** The button on the board: silence for a while, where that is allowed. @returns whether it is silent now */
  bool hush(Millis now) { return siren_.hush(Siren::kLongestHush, now); }

  Mail& mail() { return mail_; }

  /** Writes the announcement. After `begin`, from any task. @returns false: too little room */
  bool announce(JsonWriter& json) const;

  /**
   * The one word for how it stands: what is broken, else what was refused last (for 10 min, or until something is obeyed), else
   * why nobody is heard, else `ok`.
   */
  const char* status(Millis now);

  /** Commands that were refused since the start. */
  uint32_t refused() const { return refused_; }
  const Identity& identity() const { return identity_; }
  const Siren& siren() const { return siren_; }
  const char* boot() const { return boot_; }

 protected:
  /** A contact of the board, as it is told. Its key stays where it is. */
  struct Contact {
    const char* key;
    bool isOn;
  };

  Node(Board& board, const Identity& identity, bool hasSiren);
  ~Node() = default;

  /** Once, with the settings. */
  virtual void start(Millis now) = 0;
  virtual Call judge(Millis now) = 0;
  /** A letter of its own, neither retained nor too long. @returns null: obeyed; else the word for why not */
  virtual const char* obey(const Incoming& letter, Millis now) = 0;
  /** Its part of the state. */
  virtual void tell(JsonWriter& json) const = 0;
  /** Null: nothing of its own is broken. */
  virtual const char* fault() const = 0;
  virtual bool isBeeping(Millis now) = 0;

  void add(const Component& part) { parts_[partCount_++] = part; }
  /** The contact is so now. When it comes on it is an alarm: said until the hub has it. */
  void show(Contact& contact, bool isOn, Millis now);
  /** Something else that is worth telling at once. */
  void changed() { isNews_ = true; }
  /** A command was obeyed: what was refused before is past. */
  void obeyed();
  void refuse(const char* word, Millis now);
  /** Writes the settings. @returns false: they could not be kept; the status says so */
  bool keep();
  bool isDamaged() const { return isDamaged_; }
  bool isConnected() const { return link_ % 2 == 1; }
  uint32_t nextSeq() { return ++seq_; }
  /** `{"boot":…,"seq":…,"upMs":…`: how every message begins. */
  void stamp(JsonWriter& json, uint32_t seq, Millis at) const;

  Board& board_;
  Settings settings_;

 private:
  void addOwnParts();
  void seeLink(Millis now);
  void hear(const Incoming& letter, Millis now);
  const char* take(const Incoming& letter, Millis now);
  const char* takeSiren(const Incoming& letter, Millis now);
  const char* takeAck(const Incoming& letter);
  void sound(const Call& call, Millis now);
  void speak(const Call& call, Millis now);
  bool greet();
  void sayAlarm(Outgoing& letter, const OpenAlarm& alarm);
  void sayState(Outgoing& letter, Millis now);

  Identity identity_;
  bool hasSiren_;
  Mail mail_;
  Siren siren_;
  HubWatch hub_;
  EntryWatch entry_;
  AlarmOutbox alarms_;
  Debounce tamper_;
  Contact case_ = {"tamper", false};
  Component parts_[kMostParts];
  uint8_t partCount_ = 0;
  char boot_[9] = {};
  uint32_t seq_ = 0;
  Millis bootAt_ = 0;
  uint32_t link_ = 0;
  uint32_t lost_ = 0;
  uint32_t refused_ = 0;
  const char* refusal_ = nullptr;
  Millis refusedAt_ = 0;
  const char* told_ = "";
  Millis toldAt_ = 0;
  bool isNews_ = false;
  /** Of announcement and availability, what is still to be said. */
  uint8_t toGreet_ = 0;
  bool isAnnouncingLater_ = false;
  Millis laterFrom_ = 0;
  Millis laterIn_ = 0;
  bool isDamaged_ = false;
  bool isFull_ = false;
};

}  // namespace homeward
