#pragma once
#include <stdint.h>

namespace homeward {

/**
 * A row of fixed places between two tasks: one only writes, the other only reads, and neither ever waits for the other.
 * @tparam kPlaces a power of two, so that the counters may wrap
 */
template <typename Item, uint32_t kPlaces>
class Ring {
  static_assert((kPlaces & (kPlaces - 1)) == 0, "a power of two");

 public:
  /** For the writer: the place to fill next; null: all are taken. It stays its own until `put`. */
  Item* place() {
    const uint32_t read = __atomic_load_n(&read_, __ATOMIC_ACQUIRE);
    return written_ - read < kPlaces ? &all_[written_ % kPlaces] : nullptr;
  }
  void put() { __atomic_store_n(&written_, written_ + 1, __ATOMIC_RELEASE); }

  /** For the reader: the oldest; null: there is none. It stays as it is until `take`. */
  const Item* front() const {
    const uint32_t written = __atomic_load_n(&written_, __ATOMIC_ACQUIRE);
    return written == read_ ? nullptr : &all_[read_ % kPlaces];
  }
  void take() { __atomic_store_n(&read_, read_ + 1, __ATOMIC_RELEASE); }

 private:
  Item all_[kPlaces];
  uint32_t written_ = 0;
  uint32_t read_ = 0;
};

}  // namespace homeward
