#pragma once
#include <stdint.h>
typedef int BaseType_t;
typedef unsigned int UBaseType_t;
typedef uint32_t TickType_t;
constexpr BaseType_t pdPASS = 1;
#define pdMS_TO_TICKS(ms) static_cast<TickType_t>(ms)
