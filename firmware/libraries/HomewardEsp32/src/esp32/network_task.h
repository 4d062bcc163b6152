#pragma once
#include "hub_link.h"
#include "portal.h"
#include "safety_task.h"
#include "setup_desk.h"
#include "update/safe_mode.h"
#include "update_runner.h"

namespace homeward {

/** Room for the code of the board's own access point, with its end. */
constexpr size_t kCodeSize = 11;

/** All that a board does with its network, in a task below the safety task: whatever waits here, an alarm does not. */
class NetworkTask {
 public:
  /** What it works with; all of it stays where it is. */
  struct Parts {
    Node* node;
    SafetyTask* safety;
    NvsStore* store;
    SafeMode* safeMode;
    UpdateSource source;
    /** Whether identity and settings could be read. */
    bool isPaired;
    /** What the serial line tells of itself: `Homeward air`. */
    const char* title;
    /** Of the board's own access point. */
    const char* code;
    const char* chip;
  };

  explicit NetworkTask(const Parts& parts);
  void start();

 private:
  static void run(void* task);
  void loop();
  void begin();
  void turn(Millis now);
  void seePortal(Millis now);
  void seeUpdates();
  void seeTrial(Millis now);
  void restartWhenQuiet();
  void keepSafeMode();

  Parts parts_;
  WifiLink wifi_;
  HubLink hub_;
  SetupDesk desk_;
  Portal portal_;
  UpdateRunner updates_;
  TrialKeeper trial_;
  bool isUp_ = false;
  bool wasJoined_ = false;
  uint32_t lastTurns_ = 0;
  Millis countedAt_ = 0;
  bool areOutputsServed_ = true;
};

}  // namespace homeward
