// Door: strike, contacts, a keypad or a Wiegand reader. Wiring only: README.md in this folder.
#include <HomewardEsp32.h>

using namespace homeward;

namespace {

/** Buzzer of keys and countdowns and the strike; no siren here, which whoever is outside could reach. */
EspBoard board({-1, -1, 27, -1, 26});
BoardApp app({"Homeward door", "door_node", "door-esp32", "ESP32", "0.1.0"});

/** Leaf, bolt, handle inside; D0, D1; rows and columns of a plain keypad; case, button. -1: it has none. */
constexpr DoorPins kPins = {34, 32, 33, 16, 17, {{-1, -1, -1, -1}, {-1, -1, -1, -1}}, 18, 19};

/** The strike opens for so long, and never longer than five seconds. */
constexpr Millis kPulse = 5 * kSecond;

}  // namespace

void setup() {
  app.begin();
  static DoorNode node(board, {app.identity(),
                               {true, true},
                               kPulse,
                               false,
                               true,
                               {mbedtlsHmac, app.doorKey(), BoardApp::kDoorKeySize, "door"}});
  static DoorInputs inputs(node, kPins);
  inputs.begin();
  app.run(node, board, inputs);
}

void loop() { delay(1000); }
