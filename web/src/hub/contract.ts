/** All that the app takes from the hub's contract at run time. Other folders import types from it only. */
export {
  AlarmKind,
  compareLevels,
  HouseBeat,
  HousePatch,
  HouseSnapshot,
  isSounding,
  LIFE_KINDS,
  LIFE_QUANTITIES,
  LIFE_SAFETY,
  PROBLEMS,
  Problem,
  type ProblemCode,
  Quantity,
  ROUTES,
  type RouteName,
  SensorTechnology,
} from '@homeward/hub/api';
