#pragma once
#include <stddef.h>
#include <stdint.h>

namespace homeward {

/** The longest body of a form: an identity with its authority at their longest, every third byte escaped. */
constexpr size_t kMostForm = 8192;

/**
 * Reads a field of an `application/x-www-form-urlencoded` body, as the page of the board's own access point sends it.
 * @param out room of `room` bytes, filled with the text and its end
 * @returns how long it is; -1: there is no such field, or twice, or it is too long, or holds a nought or half an escape
 */
int32_t formField(const char* body, size_t count, const char* name, char* out, size_t room);

/**
 * Turns a whole form into the bytes of an identity: `host`, `port`, `tls` (`1` or `0`), `username`, `secret`, `ca`.
 * @param out room of `kMostIdentity`
 * @returns how many bytes; 0: a field is missing or cannot be. Whether it is an identity says `readIdentity`
 */
size_t identityOfForm(const char* body, size_t count, uint8_t* out);

}  // namespace homeward
