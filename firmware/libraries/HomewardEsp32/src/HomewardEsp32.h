#pragma once
#include "crypto/mbedtls_crypto.h"
#include "esp32/air_inputs.h"
#include "esp32/board_app.h"
#include "esp32/camera_link.h"
#include "esp32/door_inputs.h"
#include "esp32/esp_board.h"
#include "esp32/motion_inputs.h"
