#pragma once
#include <stddef.h>
#include <stdint.h>

namespace homeward {

/**
 * Writes JSON into a buffer that somebody else owns. Too little room: `isWhole` says so, and nothing may be sent. Commas set themselves.
 */
class JsonWriter {
 public:
  JsonWriter(char* out, size_t size) : out_(out), size_(size) {
    if (size_ > 0) out_[0] = '\0';
  }

  JsonWriter& open();
  JsonWriter& open(const char* key);
  JsonWriter& close();
  JsonWriter& openList(const char* key);
  JsonWriter& closeList();

  JsonWriter& word(const char* key, const char* value);
  JsonWriter& word(const char* value);
  JsonWriter& number(const char* key, uint32_t value);
  /** With that many digits after the point, 0..3; what is not finite or too large to be told is `null`. */
  JsonWriter& decimal(const char* key, float value, uint8_t digits);
  JsonWriter& flag(const char* key, bool value);

  bool isWhole() const { return isWhole_; }
  const char* text() const { return out_; }
  size_t length() const { return length_; }

 private:
  void put(char c);
  void raw(const char* text);
  void quoted(const char* text);
  void digits(uint32_t value);
  void key(const char* key);
  void part();

  char* out_;
  size_t size_;
  size_t length_ = 0;
  bool isFirst_ = true;
  bool isWhole_ = true;
};

}  // namespace homeward
