#include "supervised_loop.h"

namespace homeward {
namespace {

/** Edges in thousandths of the supply. The resistors' 1 % and the converter's 2 % leave each band more than twice its error. */
constexpr uint32_t kShortedBelow = 100;
constexpr uint32_t kClosedFrom = 420;
constexpr uint32_t kOpenFrom = 580;
constexpr uint32_t kOpenTo = 750;
constexpr uint32_t kCutFrom = 900;

}  // namespace

LoopState SupervisedLoop::stateAt(uint16_t mv) const {
  const uint32_t share = static_cast<uint32_t>(mv) * 1000 / supplyMv_;
  if (share < kShortedBelow) return LoopState::Shorted;
  if (share >= kCutFrom) return LoopState::Cut;
  if (share < kClosedFrom || share >= kOpenTo) return LoopState::Foreign;
  return share < kOpenFrom ? LoopState::Closed : LoopState::Open;
}

LoopState SupervisedLoop::read(uint16_t mv, Millis now) {
  const LoopState state = stateAt(mv);
  if (state != raw_) {
    raw_ = state;
    since_ = now;
  }
  if (raw_ != stable_ && elapsed(now, since_) >= kHold) stable_ = raw_;
  return stable_;
}

}  // namespace homeward
