#pragma once
#include <stddef.h>
#include <stdint.h>

namespace homeward {

/** Writes bytes as small hex digits. @param out room for two digits each, and the end */
void toHex(const uint8_t* bytes, size_t count, char* out);

}  // namespace homeward
