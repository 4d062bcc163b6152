#include "setup_form.h"

#include <string.h>

#include "broker_identity.h"

namespace homeward {
namespace {

/** -1: no hex digit. */
int hexOf(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char letter = static_cast<char>(c | 0x20);
  return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

/** Reads one character, escaped or not, and goes on. @returns -1: half an escape, or a nought */
int characterAt(const char* text, size_t end, size_t& at) {
  const char c = text[at++];
  if (c == '+') return ' ';
  if (c != '%') return c == '\0' ? -1 : static_cast<uint8_t>(c);
  if (end - at < 2) return -1;
  const int high = hexOf(text[at]);
  const int low = hexOf(text[at + 1]);
  at += 2;
  if (high < 0 || low < 0 || (high == 0 && low == 0)) return -1;
  return high * 16 + low;
}

int32_t decode(const char* text, size_t count, char* out, size_t room) {
  size_t length = 0;
  for (size_t at = 0; at < count;) {
    const int c = characterAt(text, count, at);
    if (c < 0 || length + 1 >= room) return -1;
    out[length++] = static_cast<char>(c);
  }
  out[length] = '\0';
  return static_cast<int32_t>(length);
}

/** Puts a part together. @returns where the next one begins */
size_t put(uint8_t* out, size_t at, uint8_t part, const void* bytes, size_t count) {
  out[at] = part;
  out[at + 1] = static_cast<uint8_t>(count >> 8);
  out[at + 2] = static_cast<uint8_t>(count);
  memcpy(out + at + 3, bytes, count);
  return at + 3 + count;
}

/** @param text at most five characters @returns false: no whole number from 1 to 65535 */
bool portOf(const char* text, uint8_t out[2]) {
  uint32_t port = 0;
  for (; *text >= '0' && *text <= '9'; ++text) port = port * 10 + static_cast<uint32_t>(*text - '0');
  out[0] = static_cast<uint8_t>(port >> 8);
  out[1] = static_cast<uint8_t>(port);
  return *text == '\0' && port >= 1 && port <= 65535;
}

}  // namespace

int32_t formField(const char* body, size_t count, const char* name, char* out, size_t room) {
  const size_t nameLength = strlen(name);
  int32_t length = -1;
  for (size_t at = 0; at < count;) {
    const char* const found = static_cast<const char*>(memchr(body + at, '&', count - at));
    const size_t end = found == nullptr ? count : static_cast<size_t>(found - body);
    const bool isIt = end - at > nameLength && memcmp(body + at, name, nameLength) == 0 && body[at + nameLength] == '=';
    if (isIt && length >= 0) return -1;
    if (isIt) {
      length = decode(body + at + nameLength + 1, end - at - nameLength - 1, out, room);
      if (length < 0) return -1;
    }
    at = end + 1;
  }
  return length;
}

size_t identityOfForm(const char* body, size_t count, uint8_t* out) {
  char text[sizeof BrokerIdentity::ca];
  uint8_t port[2];
  int32_t length = formField(body, count, "host", text, sizeof BrokerIdentity::host);
  if (length < 0) return 0;
  size_t at = put(out, 0, 1, text, static_cast<size_t>(length));
  if (formField(body, count, "port", text, 6) < 0 || !portOf(text, port)) return 0;
  at = put(out, at, 2, port, sizeof port);
  if (formField(body, count, "tls", text, 2) != 1 || (text[0] != '0' && text[0] != '1')) return 0;
  const uint8_t isTls = text[0] == '1' ? 1 : 0;
  at = put(out, at, 3, &isTls, 1);
  length = formField(body, count, "username", text, sizeof BrokerIdentity::username);
  if (length < 0) return 0;
  at = put(out, at, 4, text, static_cast<size_t>(length));
  length = formField(body, count, "secret", text, sizeof BrokerIdentity::password);
  if (length < 0) return 0;
  at = put(out, at, 5, text, static_cast<size_t>(length));
  if (isTls == 0) return at;
  length = formField(body, count, "ca", text, sizeof text);
  return length < 0 ? 0 : put(out, at, 6, text, static_cast<size_t>(length));
}

}  // namespace homeward
