#include "co_dose.h"

#include <math.h>

namespace homeward {
namespace {

/** That concentration fills the dose in that time. */
struct Corner {
  float ppm;
  float minutes;
};

struct Curve {
  /** Milder first. Between them time and concentration are straight on a double logarithmic sheet; above the last one it is flat. */
  Corner corners[3];
  /** Under this nothing adds up. */
  float fromPpm;
};

/** Source: safety.md CO-1; each corner lies inside the window that its standard prints. */
constexpr Curve kCurves[2] = {
    {{{50.0f, 75.0f}, {100.0f, 25.0f}, {300.0f, 1.25f}}, 40.0f},
    {{{70.0f, 120.0f}, {150.0f, 22.0f}, {400.0f, 8.0f}}, 60.0f},
};

/** In clean air the dose falls to 1/e in this time. Source: safety.md CO-1. */
constexpr float kDecayMs = 30.0f * kMinute;

/** Under this a falling dose is none. Ours: 1 % of an alarm. */
constexpr uint32_t kNothing = CoDose::kFull / 100;

/** A dose that is so little short of full is full: each of ten thousand steps loses up to a billionth. */
constexpr uint32_t kShort = 20000;

/** A full dose stays full while the air has this much, ppm … */
constexpr float kClearPpm = 25.0f;

/** … and until it has been clear for 5 min: e^(-5/30) of a dose. Source: safety.md §1.1. */
constexpr uint32_t kCleared = 846481725;

float between(const Corner& a, const Corner& b, float ppm) {
  const float steepness = logf(b.minutes / a.minutes) / logf(b.ppm / a.ppm);
  return a.minutes * powf(ppm / a.ppm, steepness);
}

}  // namespace

Millis fillsIn(float ppm, CoStandard standard) {
  const Curve& curve = kCurves[static_cast<uint8_t>(standard)];
  // Written so that not-a-number is refused too.
  if (!(ppm >= curve.fromPpm)) return 0;
  const Corner* const corner = curve.corners;
  float minutes = corner[2].minutes;
  if (ppm < corner[1].ppm) {
    minutes = between(corner[0], corner[1], ppm);
  } else if (ppm < corner[2].ppm) {
    minutes = between(corner[1], corner[2], ppm);
  }
  return static_cast<Millis>(minutes * static_cast<float>(kMinute));
}

CoDose::CoDose(uint32_t share, bool wasFull)
    : share_(share < kFull ? share : kFull), full_(share >= kFull || wasFull) {}

bool CoDose::breathe(float ppm, Millis span) {
  if (isnan(ppm)) return full_;
  if (full_ && ppm >= kClearPpm) {
    // The air got worse again before it had been clear for long: the dose is as full as it was.
    share_ = kFull;
    return true;
  }
  const Millis fills = fillsIn(ppm, standard_);
  if (fills > 0) {
    fill(span, fills);
  } else {
    decay(span);
  }
  return full_;
}

void CoDose::fill(Millis span, Millis fills) {
  const uint64_t more = static_cast<uint64_t>(span) * kFull / fills;
  if (more + kShort >= kFull - share_) {
    share_ = kFull;
    full_ = true;
    return;
  }
  share_ += static_cast<uint32_t>(more);
}

void CoDose::decay(Millis span) {
  if (share_ == 0) return;
  share_ = static_cast<uint32_t>(static_cast<float>(share_) * expf(-static_cast<float>(span) / kDecayMs));
  if (share_ < kNothing) share_ = 0;
  if (share_ <= kCleared) full_ = false;
}

}  // namespace homeward
