#pragma once
#include "ring.h"
#include "topics.h"

namespace homeward {

/** What a board has to say. An announcement is empty: whoever sends it has the node write it into a buffer of theirs. */
struct Outgoing {
  static constexpr size_t kMost = 512;
  Leaf leaf;
  uint16_t length;
  char text[kMost];
};

/** What was said to a board. */
struct Incoming {
  static constexpr size_t kMost = 256;
  Inlet inlet;
  bool isRetained;
  /** It was longer than there is room for, and is empty here. */
  bool isTooLong;
  uint16_t length;
  char text[kMost];
};

/** Why there is no connection, as the network's side sees it. */
enum class Trouble : uint8_t { None, Unreachable, WrongCertificate, NotAuthorized };

/**
 * All that passes between the safety task and the network's task of a board. Neither waits for the other: what finds no place is not
 * said, and what matters is said again by whoever it matters to. Each function belongs to one side.
 */
class Mail {
 public:
  // The network's side.

  /** The broker said welcome (CONNACK 0), and everything is subscribed. What was left over from before is forgotten. */
  void connected();
  void disconnected(Trouble trouble);
  /** Something came. @returns false: no place; it is counted */
  bool deliver(const char* id, const char* topic, const void* payload, size_t length, bool retained);
  /** What is to be sent next; null: nothing. Sent: `sent`. */
  const Outgoing* next() const { return out_.front(); }
  void sent() { out_.take(); }

  // The node's side.

  /** Changes with every connection and every loss of one; odd while there is one. */
  uint32_t link() const { return __atomic_load_n(&link_, __ATOMIC_ACQUIRE); }
  Trouble trouble() const { return static_cast<Trouble>(__atomic_load_n(&trouble_, __ATOMIC_ACQUIRE)); }
  /** What found no place, since the start. */
  uint32_t lost() const { return __atomic_load_n(&lost_, __ATOMIC_ACQUIRE); }
  const Incoming* heard() const { return in_.front(); }
  void done() { in_.take(); }
  /** A place for something to say; null: none is free now. It is said with `say`. */
  Outgoing* place() { return out_.place(); }
  void say() { out_.put(); }

 private:
  void setLink(bool isUp);

  Ring<Outgoing, 4> out_;
  Ring<Incoming, 4> in_;
  uint32_t link_ = 0;
  uint32_t lost_ = 0;
  uint8_t trouble_ = 0;
};

}  // namespace homeward
