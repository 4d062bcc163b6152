#pragma once
#include <stddef.h>
#include <stdint.h>
#include <string.h>

namespace homeward {

/**
 * Finds frames of `N` bytes in what a serial line brings. Garbage, half frames and frames with a wrong sum are passed over byte by
 * byte, so that a whole frame behind them is never lost.
 * @tparam Frame has `mayBegin(bytes, count)`: whether these bytes can be the beginning of one, and `isWhole(bytes)`: its sum is right
 */
template <class Frame, size_t N>
class FrameReader {
 public:
  /** @returns whether a whole frame ended with this byte: `frame` then holds it until the next byte */
  bool put(uint8_t byte) {
    if (count_ == N) count_ = 0;
    all_[count_++] = byte;
    while (count_ > 0 && !Frame::mayBegin(all_, count_)) drop();
    if (count_ < N) return false;
    if (Frame::isWhole(all_)) return true;
    do drop();
    while (count_ > 0 && !Frame::mayBegin(all_, count_));
    return false;
  }

  const uint8_t* frame() const { return all_; }

 private:
  void drop() {
    --count_;
    memmove(all_, all_ + 1, count_);
  }

  uint8_t all_[N] = {};
  size_t count_ = 0;
};

}  // namespace homeward
