#include "mail.h"

#include <string.h>

namespace homeward {

void Mail::connected() {
  while (out_.front() != nullptr) out_.take();
  __atomic_store_n(&trouble_, static_cast<uint8_t>(Trouble::None), __ATOMIC_RELEASE);
  setLink(true);
}

void Mail::disconnected(Trouble trouble) {
  __atomic_store_n(&trouble_, static_cast<uint8_t>(trouble), __ATOMIC_RELEASE);
  setLink(false);
}

void Mail::setLink(bool isUp) {
  const uint32_t was = link();
  const uint32_t next = was + 1 + ((was + 1) % 2 == (isUp ? 1u : 0u) ? 0u : 1u);
  __atomic_store_n(&link_, next, __ATOMIC_RELEASE);
}

bool Mail::deliver(const char* id, const char* topic, const void* payload, size_t length, bool retained) {
  Incoming* const letter = in_.place();
  if (letter == nullptr) {
    __atomic_store_n(&lost_, lost_ + 1, __ATOMIC_RELEASE);
    return false;
  }
  letter->inlet = inletOf(id, topic);
  letter->isRetained = retained;
  letter->isTooLong = length > Incoming::kMost;
  letter->length = letter->isTooLong ? 0 : static_cast<uint16_t>(length);
  // The payload of an empty message may be null.
  if (letter->length > 0) memcpy(letter->text, payload, letter->length);
  in_.put();
  return true;
}

}  // namespace homeward
