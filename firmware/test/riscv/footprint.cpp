// One of each part that a board holds all the time, for how much memory it takes. Compiled, never run.
#include "HomewardCore.h"

using namespace homeward;

template <class T>
using Room = unsigned char[sizeof(T)];

Room<AirSensor> airSensor = {};
Room<AlarmOutbox> alarmOutbox = {};
Room<CommandGuard> commandGuard = {};
Room<FlatObject> flatObject = {};
Room<Keypad> keypad = {};
Room<Siren> siren = {};
