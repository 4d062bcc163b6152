// Motion: a passive infrared sensor, and a siren if there is one. Wiring only: README.md in this folder.
#include <HomewardEsp32.h>

using namespace homeward;

namespace {

constexpr int8_t kPir = 23;
constexpr int8_t kTamper = 18;
constexpr int8_t kHush = 19;

/** Siren, its second pitch, the buzzer of entry and exit, no fan, no strike. */
EspBoard board({25, 26, 27, -1, -1});
BoardApp app({"Homeward motion", "motion_node", "motion-esp32", "ESP32", "0.1.0"});

}  // namespace

void setup() {
  app.begin();
  static MotionNode node(board, {app.identity(), true});
  static MotionInputs inputs(node, kPir, CasePins(kTamper, kHush));
  inputs.begin();
  app.run(node, board, inputs);
}

void loop() { delay(1000); }
