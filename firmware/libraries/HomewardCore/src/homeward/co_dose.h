#pragma once
#include <stdint.h>

#include "time.h"

namespace homeward {

/** Whose alarm windows are followed: EN 50291-1 or UL 2034. */
enum class CoStandard : uint8_t { En, Us };

/** How long that much carbon monoxide takes to fill an empty dose, ms; 0: it never does. Source: safety.md CO-1. */
Millis fillsIn(float ppm, CoStandard standard);

/**
 * How much carbon monoxide was breathed, as a share of what calls the siren: `D += dt / tAlarm(c)`, safety.md CO-1. In whole
 * billionths, so that a thousand small steps add up to one large one. Same figures as the hub's: `firmware/contract/co-windows.csv`.
 */
class CoDose {
 public:
  static constexpr uint32_t kFull = 1000000000;

  /**
   * As it was kept over a restart; without arguments none was breathed.
   * @param share billionths; more than full counts as full
   * @param wasFull it had been full, and the air not clear for 5 minutes since
   */
  explicit CoDose(uint32_t share = 0, bool wasFull = false);

  /** Whose windows hold from now on. Default: EN 50291-1. */
  void follow(CoStandard standard) { standard_ = standard; }

  /**
   * Breathes that air.
   * @param ppm believed; not-a-number breathes nothing and clears nothing
   * @param span for how long, ms
   * @returns whether the dose is full
   */
  bool breathe(float ppm, Millis span);

  bool isFull() const { return full_; }

  /** Billionths of a full dose: what is to be kept over a restart. */
  uint32_t share() const { return share_; }

 private:
  void fill(Millis span, Millis fills);
  void decay(Millis span);

  CoStandard standard_ = CoStandard::En;
  uint32_t share_;
  bool full_;
};

}  // namespace homeward
