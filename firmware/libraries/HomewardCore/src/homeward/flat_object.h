#pragma once
#include <stddef.h>
#include <stdint.h>

namespace homeward {

/**
 * A command as it comes over the wire: one flat JSON object of words and whole numbers, taken to the letter. No nesting, no
 * escapes, no key twice, nothing after it, at most `kFields` fields: whatever is not plainly such an object is refused whole, so
 * that no text inside a value can pass for a key. Points into the text that it was read from.
 */
class FlatObject {
 public:
  static constexpr uint8_t kFields = 8;
  static constexpr size_t kLongest = 512;

  /** @returns whether it is one. What was not read holds no fields. */
  bool read(const char* text, size_t length);

  /** Copies a word. @returns false: no such key, no word, or longer than the room for it with its end */
  bool word(const char* key, char* out, size_t size) const;

  /** @returns false: no such key, or no whole number from 0 to 2^32 - 1 */
  bool number(const char* key, uint32_t& out) const;

  uint8_t fields() const { return count_; }

 private:
  struct Span {
    const char* at;
    size_t length;
  };
  struct Field {
    Span key;
    Span value;
    bool isWord;
  };

  bool readFields(const char* end);
  bool readField(const char* end);
  bool readWord(const char* end, Span& word);
  bool readNumber(const char* end, Span& number);
  bool take(const char* end, char wanted);
  void skipBlanks(const char* end);
  const Field* find(const char* key, size_t length) const;

  const char* at_ = nullptr;
  Field all_[kFields];
  uint8_t count_ = 0;
};

}  // namespace homeward
