#include "flat_object.h"

#include <string.h>

namespace homeward {
namespace {

bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

bool isDigit(char c) { return c >= '0' && c <= '9'; }

/** What may stand in a word: printable ASCII, but neither the end of the word nor an escape. */
bool isPlain(char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; }

}  // namespace

bool FlatObject::read(const char* text, size_t length) {
  count_ = 0;
  if (length > kLongest) return false;
  at_ = text;
  const char* const end = text + length;
  if (readFields(end)) return true;
  count_ = 0;
  return false;
}

bool FlatObject::readFields(const char* end) {
  skipBlanks(end);
  if (!take(end, '{')) return false;
  skipBlanks(end);
  if (!take(end, '}')) {
    do {
      if (!readField(end)) return false;
    } while (take(end, ','));
    if (!take(end, '}')) return false;
  }
  skipBlanks(end);
  return at_ == end;
}

bool FlatObject::readField(const char* end) {
  if (count_ == kFields) return false;
  Field field = {{nullptr, 0}, {nullptr, 0}, false};
  skipBlanks(end);
  if (!readWord(end, field.key)) return false;
  skipBlanks(end);
  if (!take(end, ':')) return false;
  skipBlanks(end);
  field.isWord = at_ < end && *at_ == '"';
  if (field.isWord ? !readWord(end, field.value) : !readNumber(end, field.value)) return false;
  skipBlanks(end);
  if (find(field.key.at, field.key.length) != nullptr) return false;
  all_[count_++] = field;
  return true;
}

bool FlatObject::readWord(const char* end, Span& word) {
  if (!take(end, '"')) return false;
  word.at = at_;
  while (at_ < end && isPlain(*at_)) ++at_;
  word.length = static_cast<size_t>(at_ - word.at);
  return take(end, '"');
}

bool FlatObject::readNumber(const char* end, Span& number) {
  number.at = at_;
  while (at_ < end && isDigit(*at_)) ++at_;
  number.length = static_cast<size_t>(at_ - number.at);
  // As JSON has it: 0, or a number that does not begin with 0.
  return number.length == 1 || (number.length > 1 && *number.at != '0');
}

bool FlatObject::take(const char* end, char wanted) {
  if (at_ == end || *at_ != wanted) return false;
  ++at_;
  return true;
}

void FlatObject::skipBlanks(const char* end) {
  while (at_ < end && isBlank(*at_)) ++at_;
}

const FlatObject::Field* FlatObject::find(const char* key, size_t length) const {
  for (uint8_t n = 0; n < count_; ++n) {
    if (all_[n].key.length == length && memcmp(all_[n].key.at, key, length) == 0) return &all_[n];
  }
  return nullptr;
}

bool FlatObject::word(const char* key, char* out, size_t size) const {
  const Field* const field = find(key, strlen(key));
  if (field == nullptr || !field->isWord || field->value.length >= size) return false;
  memcpy(out, field->value.at, field->value.length);
  out[field->value.length] = '\0';
  return true;
}

bool FlatObject::number(const char* key, uint32_t& out) const {
  const Field* const field = find(key, strlen(key));
  if (field == nullptr || field->isWord || field->value.length > 10) return false;
  uint64_t sum = 0;
  for (size_t n = 0; n < field->value.length; ++n) sum = sum * 10 + static_cast<uint64_t>(field->value.at[n] - '0');
  if (sum > UINT32_MAX) return false;
  out = static_cast<uint32_t>(sum);
  return true;
}

}  // namespace homeward
