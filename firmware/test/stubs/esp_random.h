#pragma once
#include <stddef.h>
#include <stdint.h>
extern "C" {
uint32_t esp_random();
void esp_fill_random(void* out, size_t count);
}
