#pragma once
#include <esp_ota_ops.h>

#include "setup/broker_identity.h"
#include "update/manifest.h"
#include "update/update_trial.h"

namespace homeward {

/** What is to be fetched, and from whom. */
struct UpdateSource {
  const BrokerIdentity* identity;
  /** `air-esp32c3`. */
  const char* product;
  const char* version;
};

/**
 * Takes a signed image from the hub into the partition that does not run. In a task of its own, below all others: an update never
 * makes an alarm late. The image counts only when the very bytes in the flash have the hash that was signed.
 */
class UpdateRunner {
 public:
  explicit UpdateRunner(const UpdateSource& source) : source_(source) {}

  /** @returns one word for what became of the offer: of `wordOf(Offer)`, or `busy` */
  const char* offer(const char* text, size_t length);

  /** `fetching`, `ready`, `failed`; null: nothing new. */
  const char* news();

  /** The image is in its place: it runs after the next start, on trial. */
  bool isReady() const { return isReady_; }

 private:
  static void run(void* runner);
  bool fetch();
  bool copy(void* client, esp_ota_handle_t to);

  UpdateSource source_;
  Manifest manifest_ = {};
  volatile bool isBusy_ = false;
  volatile bool isReady_ = false;
  const char* volatile news_ = nullptr;
};

/** An image on trial: kept or sent back as `UpdateTrial` judges. */
class TrialKeeper {
 public:
  explicit TrialKeeper(Millis now);
  /** To be called at every turn. May restart the board. */
  void turn(const SelfTest& test, Millis now);
  bool isOnTrial() const { return isOnTrial_; }

 private:
  UpdateTrial trial_;
  bool isOnTrial_;
};

}  // namespace homeward
