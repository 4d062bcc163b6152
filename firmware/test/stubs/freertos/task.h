#pragma once
#include "FreeRTOS.h"
typedef struct tskTaskControlBlock* TaskHandle_t;
typedef void (*TaskFunction_t)(void*);
extern "C" {
BaseType_t xTaskCreate(TaskFunction_t code, const char* name, uint32_t stack, void* parameters, UBaseType_t priority,
                       TaskHandle_t* created);
void vTaskDelay(TickType_t ticks);
void vTaskDelete(TaskHandle_t task);
TickType_t xTaskGetTickCount();
BaseType_t xTaskDelayUntil(TickType_t* previous, TickType_t increment);
}
#define vTaskDelayUntil(previous, increment) static_cast<void>(xTaskDelayUntil(previous, increment))
