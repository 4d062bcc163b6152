#pragma once
#include "HomewardCore.h"
#include "hmac.h"
#include "trial.h"

/** What the nodes of the tests are made of; the contract's payloads are of these. */
inline const homeward::SensorTraits kAirSensors[] = {
    {homeward::Quantity::Oxygen, 30000, 10000, 0, 0.0f},
    {homeward::Quantity::CarbonMonoxide, 30000, 10000, 0, 0.0f},
    {homeward::Quantity::Temperature, 0, 10000, 0, 0.0f},
};

inline const homeward::AirParts kAir = {{"hw-air-7f3a", "Kitchen air", "air_node", "0.1.0"}, kAirSensors, 3, true, true};

inline const homeward::MotionParts kMotion = {{"hw-motion-11c0", "Hall motion", "motion_node", "0.1.0"}, true};

inline const uint8_t kDoorKey[32] = {1, 2, 3, 4, 5, 6, 7, 8};

inline const homeward::DoorNodeParts kFrontDoor = {{"hw-door-02be", "Front door", "door_node", "0.1.0"},
                                                   {true, true},
                                                   homeward::LockPulse::kCeiling,
                                                   false,
                                                   true,
                                                   {hmac, kDoorKey, sizeof kDoorKey, "front"}};

using Air = Trial<homeward::AirNode, homeward::AirParts>;
using Motion = Trial<homeward::MotionNode, homeward::MotionParts>;
using DoorTrial = Trial<homeward::DoorNode, homeward::DoorNodeParts>;
