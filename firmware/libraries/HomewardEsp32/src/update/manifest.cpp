#include "manifest.h"

#include <string.h>

#include "homeward/flat_object.h"

namespace homeward {
namespace {

constexpr const char* kWords[] = {"taken",         "malformed", "no_key",   "wrong_signature",
                                  "other_product", "not_newer", "too_large"};

/** Reads small hex digits, two for each byte, and nothing else. */
bool readHex(const char* text, uint8_t* out, size_t count) {
  if (strlen(text) != 2 * count) return false;
  memset(out, 0, count);
  for (size_t n = 0; n < 2 * count; ++n) {
    const char c = text[n];
    const bool isDigit = c >= '0' && c <= '9';
    if (!isDigit && (c < 'a' || c > 'f')) return false;
    out[n / 2] = static_cast<uint8_t>(out[n / 2] << 4 | (isDigit ? c - '0' : c - 'a' + 10));
  }
  return true;
}

/** What a product is called: so that no `|` within makes two texts of it. */
bool isName(const char* text) {
  for (; *text != '\0'; ++text) {
    if ((*text < 'a' || *text > 'z') && (*text < '0' || *text > '9') && *text != '-') return false;
  }
  return true;
}

/** A text that is put together in a buffer of its own. */
class Text {
 public:
  void add(const char* word) {
    const size_t count = strlen(word);
    memcpy(all_ + length_, word, count);
    length_ += count;
  }
  void add(uint32_t number) {
    char digits[11];
    size_t at = sizeof digits - 1;
    digits[at] = '\0';
    do {
      digits[--at] = static_cast<char>('0' + number % 10);
      number /= 10;
    } while (number > 0);
    add(digits + at);
  }
  const char* all() const { return all_; }
  size_t length() const { return length_; }

 private:
  char all_[sizeof Manifest::product + sizeof Manifest::version + 11 + 65 + 3];
  size_t length_ = 0;
};

}  // namespace

const char* wordOf(Offer offer) { return kWords[static_cast<uint8_t>(offer)]; }

Offer readOffer(const char* text, size_t length, const Running& running, Manifest& manifest) {
  FlatObject offer;
  char sha256[65];
  char digits[129];
  uint8_t signature[64];
  Version offered;
  Version ours;
  const bool isWhole = offer.read(text, length) && offer.fields() == 5 &&
                       offer.word("product", manifest.product, sizeof manifest.product) && isName(manifest.product) &&
                       offer.word("version", manifest.version, sizeof manifest.version) &&
                       readVersion(manifest.version, offered) && offer.number("size", manifest.size) &&
                       offer.word("sha256", sha256, sizeof sha256) && readHex(sha256, manifest.sha256, 32) &&
                       offer.word("signature", digits, sizeof digits) && readHex(digits, signature, 64);
  if (!isWhole) return Offer::Malformed;
  if (running.key == nullptr) return Offer::NoKey;
  Text signedText;
  signedText.add(manifest.product);
  signedText.add("|");
  signedText.add(manifest.version);
  signedText.add("|");
  signedText.add(manifest.size);
  signedText.add("|");
  signedText.add(sha256);
  if (!running.verify(running.key, signedText.all(), signedText.length(), signature)) return Offer::WrongSignature;
  if (strcmp(manifest.product, running.product) != 0) return Offer::OtherProduct;
  if (!readVersion(running.version, ours) || !isNewer(offered, ours)) return Offer::NotNewer;
  return manifest.size == 0 || manifest.size > running.room ? Offer::TooLarge : Offer::Taken;
}

bool ImageIntake::take(size_t count) {
  if (count > manifest_.size - taken_) return false;
  taken_ += count;
  return true;
}

bool ImageIntake::isWhole(const uint8_t sha256[32]) const {
  return taken_ == manifest_.size && memcmp(sha256, manifest_.sha256, 32) == 0;
}

}  // namespace homeward
