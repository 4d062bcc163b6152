// Air: oxygen, carbon monoxide and dioxide, temperature; a siren and a fan. Wiring only: README.md in this folder.
#include <HomewardEsp32.h>

using namespace homeward;

namespace {

constexpr int8_t kSda = 21;
constexpr int8_t kScl = 22;
constexpr int8_t kCoRx = 16;
constexpr int8_t kTamper = 18;
constexpr int8_t kHush = 19;

/** Siren, its second pitch, no buzzer, the relay of a fan, no strike. */
EspBoard board({25, 26, -1, 27, -1});
BoardApp app({"Homeward air", "air_node", "air-esp32", "ESP32", "0.1.0"});

/**
 * Warm-up, lost after, stuck after, smallest change. An oxygen sensor of 0.1 % steps may stand still for days, clean air may have 0 ppm of
 * carbon monoxide for ever.
 */
constexpr SensorTraits kSensors[] = {
    {Quantity::Oxygen, 30 * kSecond, 10 * kSecond, 7 * 24 * 60 * kMinute, 0.01f},
    {Quantity::CarbonMonoxide, 30 * kSecond, 10 * kSecond, 0, 1.0f},
    {Quantity::CarbonDioxide, 30 * kSecond, 20 * kSecond, 24 * 60 * kMinute, 1.0f},
    {Quantity::Temperature, 30 * kSecond, 20 * kSecond, 24 * 60 * kMinute, 0.01f},
};
constexpr uint8_t kSensorCount = sizeof kSensors / sizeof kSensors[0];

}  // namespace

void setup() {
  app.begin();
  static AirNode node(board, {app.identity(), kSensors, kSensorCount, true, true});
  static AirInputs inputs(node, CasePins(kTamper, kHush));
  // Another bus or line than these: here. The node says itself which sensor it misses.
  inputs.begin(kSda, kScl, OxygenChip::Sen0465, UART_NUM_2, kCoRx);
  app.run(node, board, inputs);
}

void loop() { delay(1000); }
