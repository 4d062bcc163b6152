#pragma once
#include <stddef.h>
#include <stdint.h>

#include "version.h"

namespace homeward {

/** What of an update is signed, and its signature. Wire: `{"product","version","size","sha256","signature"}`, one flat object. */
struct Manifest {
  /** What kind of board it is for: `air`, `motion`, `door`, `cam`, with the chip: `air-esp32c3`. */
  char product[25];
  char version[18];
  /** Bytes of the image. */
  uint32_t size;
  uint8_t sha256[32];
};

/** ECDSA over P-256 and SHA-256 of a text. @param key X then Y @param signature R then S @returns whether it is right */
using Verify = bool (*)(const uint8_t key[64], const char* text, size_t length, const uint8_t signature[64]);

/** What became of an offer. One word for each on the wire: `wordOf`. */
enum class Offer : uint8_t { Taken, Malformed, NoKey, WrongSignature, OtherProduct, NotNewer, TooLarge };

/** The word for it, as the board reports it. */
const char* wordOf(Offer offer);

/** What this board is, and who may give it an update. */
struct Running {
  const char* product;
  const char* version;
  /** Bytes of the partition that an update goes to. */
  uint32_t room;
  /** Of whoever signs updates for it; null: nobody does. */
  const uint8_t* key;
  Verify verify;
};

/**
 * Judges an offer. The signature is over `product|version|size|sha256`, the last in small hex, and is looked at before anything else
 * is believed. What is not newer is refused, also when it was signed once: an old fault must not come back.
 */
Offer readOffer(const char* text, size_t length, const Running& running, Manifest& manifest);

/** Counts an image as it comes, so that nothing is written behind its signed size. */
class ImageIntake {
 public:
  explicit ImageIntake(const Manifest& manifest) : manifest_(manifest) {}

  /** @returns false: more than was signed; nothing of this may be written */
  bool take(size_t count);

  /** @param sha256 of all that was written @returns whether it is the image that was signed */
  bool isWhole(const uint8_t sha256[32]) const;

 private:
  const Manifest& manifest_;
  size_t taken_ = 0;
};

}  // namespace homeward
