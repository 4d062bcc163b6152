#include "json_writer.h"

#include <math.h>

namespace homeward {
namespace {

constexpr char kHex[] = "0123456789abcdef";
constexpr uint32_t kPowers[] = {1, 10, 100, 1000};
/** A float holds no more whole digits than that. */
constexpr float kMostTold = 4000000.0f;

}  // namespace

void JsonWriter::put(char c) {
  if (length_ + 1 >= size_) {
    isWhole_ = false;
    return;
  }
  out_[length_++] = c;
  out_[length_] = '\0';
}

void JsonWriter::raw(const char* text) {
  for (; *text != '\0'; ++text) put(*text);
}

void JsonWriter::quoted(const char* text) {
  put('"');
  for (; *text != '\0'; ++text) {
    const uint8_t c = static_cast<uint8_t>(*text);
    if (c == '"' || c == '\\') {
      put('\\');
      put(*text);
    } else if (c < 0x20) {
      raw("\\u00");
      put(kHex[c >> 4]);
      put(kHex[c & 15]);
    } else {
      put(*text);
    }
  }
  put('"');
}

void JsonWriter::digits(uint32_t value) {
  char all[11];
  size_t at = sizeof all - 1;
  all[at] = '\0';
  do {
    all[--at] = static_cast<char>('0' + value % 10);
    value /= 10;
  } while (value > 0);
  raw(all + at);
}

void JsonWriter::part() {
  if (!isFirst_) put(',');
  isFirst_ = false;
}

void JsonWriter::key(const char* key) {
  part();
  quoted(key);
  put(':');
}

JsonWriter& JsonWriter::open() {
  part();
  put('{');
  isFirst_ = true;
  return *this;
}

JsonWriter& JsonWriter::open(const char* name) {
  key(name);
  put('{');
  isFirst_ = true;
  return *this;
}

JsonWriter& JsonWriter::close() {
  put('}');
  isFirst_ = false;
  return *this;
}

JsonWriter& JsonWriter::openList(const char* name) {
  key(name);
  put('[');
  isFirst_ = true;
  return *this;
}

JsonWriter& JsonWriter::closeList() {
  put(']');
  isFirst_ = false;
  return *this;
}

JsonWriter& JsonWriter::word(const char* name, const char* value) {
  key(name);
  quoted(value);
  return *this;
}

JsonWriter& JsonWriter::word(const char* value) {
  part();
  quoted(value);
  return *this;
}

JsonWriter& JsonWriter::number(const char* name, uint32_t value) {
  key(name);
  digits(value);
  return *this;
}

JsonWriter& JsonWriter::flag(const char* name, bool value) {
  key(name);
  raw(value ? "true" : "false");
  return *this;
}

JsonWriter& JsonWriter::decimal(const char* name, float value, uint8_t places) {
  key(name);
  // Written so that not-a-number is refused too.
  if (!(fabsf(value) <= kMostTold)) {
    raw("null");
    return *this;
  }
  const uint32_t power = kPowers[places > 3 ? 3 : places];
  const uint64_t scaled = static_cast<uint64_t>(roundf(fabsf(value) * static_cast<float>(power)));
  if (value < 0.0f && scaled > 0) put('-');
  digits(static_cast<uint32_t>(scaled / power));
  if (power == 1) return *this;
  put('.');
  const uint32_t rest = static_cast<uint32_t>(scaled % power);
  for (uint32_t place = power / 10; place > 0; place /= 10) put(static_cast<char>('0' + rest / place % 10));
  return *this;
}

}  // namespace homeward
