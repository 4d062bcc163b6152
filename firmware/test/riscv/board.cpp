// Calls whatever a board calls of the core, so that a linker leaves out the rest. Compiled and linked, never run.
#include "HomewardCore.h"

using namespace homeward;

namespace {

#if defined(AIR)
using NodeOf = AirNode;
using Parts = AirParts;
void see(AirNode& node) { node.read(Quantity::Oxygen, 20.9f, 1); }
#elif defined(MOTION)
using NodeOf = MotionNode;
using Parts = MotionParts;
void see(MotionNode& node) { node.motion(true, 1); }
#elif defined(DOOR)
using NodeOf = DoorNode;
using Parts = DoorNodeParts;
void see(DoorNode& node) {
  node.contact(DoorContact::Leaf, true, 1);
  node.key('1', 1);
}
#endif

}  // namespace

extern "C" void board(Board& board, const Parts& parts, JsonWriter& json, const char* id) {
  static NodeOf node(board, parts);
  node.begin(0);
  node.turn(1);
  see(node);
  node.tamper(true, 1);
  node.hush(1);
  node.status(1);
  node.announce(json);
  Mail& mail = node.mail();
  mail.connected();
  mail.disconnected(Trouble::None);
  mail.deliver(id, id, json.text(), json.length(), false);
  while (mail.next() != nullptr) mail.sent();
  char topic[kTopicSize];
  topicOf(topic, id, Inlet::Ack);
  topicOf(topic, id, Leaf::State);
}
