// Camera: tells that somebody moves, and sends a picture then. Wiring only: README.md in this folder.
#include <HomewardEsp32.h>
#include <esp_camera.h>

using namespace homeward;

// TLS runs in the loop of this sketch.
SET_LOOP_TASK_STACK_SIZE(16 * 1024);

namespace {

/** The only one of the module's free pins that may be anything while the chip starts. */
constexpr int8_t kPir = 13;

/** A camera module has neither pins nor memory to spare for a siren or a lock. */
EspBoard board({-1, -1, -1, -1, -1});
BoardApp app({"Homeward cam", "cam_node", "cam-esp32", "ESP32", "0.1.0"});
CameraLink camera(app.broker());
MotionInputs* inputs = nullptr;
bool hasCamera = false;

/** The pins of an AI Thinker ESP32-CAM with an OV2640. Another module: its maker's table. */
bool beginCamera() {
  camera_config_t config = {};
  config.pin_pwdn = 32;
  config.pin_reset = -1;
  config.pin_xclk = 0;
  config.pin_sccb_sda = 26;
  config.pin_sccb_scl = 27;
  config.pin_d7 = 35;
  config.pin_d6 = 34;
  config.pin_d5 = 39;
  config.pin_d4 = 36;
  config.pin_d3 = 21;
  config.pin_d2 = 19;
  config.pin_d1 = 18;
  config.pin_d0 = 5;
  config.pin_vsync = 25;
  config.pin_href = 23;
  config.pin_pclk = 22;
  config.xclk_freq_hz = 20000000;
  config.ledc_timer = LEDC_TIMER_0;
  config.ledc_channel = LEDC_CHANNEL_0;
  config.pixel_format = PIXFORMAT_JPEG;
  config.frame_size = FRAMESIZE_SVGA;
  config.jpeg_quality = 12;
  config.fb_count = 2;
  config.fb_location = CAMERA_FB_IN_PSRAM;
  // The moment that counts is now, not the one when the buffer was filled.
  config.grab_mode = CAMERA_GRAB_LATEST;
  return esp_camera_init(&config) == ESP_OK;
}

}  // namespace

void setup() {
  app.begin();
  static MotionNode node(board, {app.identity(), false});
  static MotionInputs pins(node, kPir, CasePins(-1, -1));
  pins.begin();
  inputs = &pins;
  app.run(node, board, pins);
  hasCamera = beginCamera();
}

void loop() {
  if (hasCamera && app.isPaired()) camera.turn(inputs->isSeen(), boardClock());
  delay(100);
}
