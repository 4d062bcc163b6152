#pragma once
#include <stddef.h>
#include <stdint.h>

#include "homeward/time.h"

namespace homeward {

/** What a packet of Improv is: `firmware/contract/improv.md`. */
enum class ImprovType : uint8_t { State = 1, Error = 2, Call = 3, Result = 4 };

/** "IMPROV", version, type, length, data, sum, line feed. */
constexpr size_t kImprovHead = 9;
constexpr size_t kImprovMost = kImprovHead + 255 + 2;

/** Writes a packet with the line feed behind it. @param out room of `kImprovMost` @returns how many bytes it has */
size_t writeImprov(ImprovType type, const uint8_t* data, uint8_t length, uint8_t out[kImprovMost]);

/** A packet that came; points into the reader, until the next byte. */
struct ImprovPacket {
  ImprovType type;
  const uint8_t* data;
  uint8_t length;
};

/** Finds packets among whatever else is written on a serial line. */
class ImprovReader {
 public:
  /** What was found. `Damaged`: it looked like one, and its sum was wrong. */
  enum class Found : uint8_t { Nothing, Packet, Damaged };

  /** Half a packet that nobody goes on with is forgotten. Ours: a packet takes 23 ms at 115 200 baud. */
  static constexpr Millis kPatience = kSecond;

  void put(uint8_t byte, Millis now);

  /** To be asked until it says `Nothing`. @param packet filled for `Packet` alone */
  Found next(ImprovPacket& packet);

 private:
  void drop(size_t count);

  uint8_t all_[kImprovMost];
  size_t count_ = 0;
  /** What `next` handed out last, and drops when it is asked again. */
  size_t told_ = 0;
  Millis at_ = 0;
};

}  // namespace homeward
