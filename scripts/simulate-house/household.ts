import { type Chance, happens } from './chance.ts';
import type { Activity } from './emission.ts';
import { awakeIn, type House, isDark, isSomebodyUp, type Person, peopleIn } from './house.ts';
import { withLight, withLock, withMotion, withOpening } from './house-event.ts';
import { OPENINGS, ROOM_IDS, type RoomId } from './house-plan.ts';
import { PEOPLE, PERSON_IDS, type PersonId, type Place, stopAt } from './routine.ts';

/** How long the front door stands open when somebody comes or goes, s. */
const PASSAGE_S = 8;

/** How long after that the door locks itself, s. */
const RELOCK_S = 25;

/** Movements that a motion sensor sees, per minute, by what a person does there (assumptions). */
const MOVEMENTS_PER_MIN: Readonly<Record<Activity, number>> = {
  sleep: 0.01,
  rest: 0.4,
  active: 2,
  cook: 3,
  shower: 1,
};

/** What the people do in `dtS` seconds: walk, come and go, open windows, switch lights, move about. */
export function stepHousehold(house: House, dtS: number, chance: Chance): House {
  let next = house;
  for (const id of PERSON_IDS) next = followPlan(next, id);
  next = airRooms(next, dtS);
  for (const room of ROOM_IDS) next = moveAbout(next, room, dtS, chance);
  return lockAgain(useFan(next));
}

function followPlan(house: House, id: PersonId): House {
  const was = house.people[id];
  const wanted = wantedNow(house, id);
  if (was.place === wanted.place && was.activity === wanted.activity) return house;
  const next = { ...house, people: { ...house.people, [id]: wanted } };
  if (was.place === wanted.place) return wanted.activity === 'sleep' ? settle(next, wanted.place) : next;
  return enter(leave(next, was.place), wanted);
}

function wantedNow(house: House, id: PersonId): Person {
  if (house.sent === 'away') return { place: 'away', activity: 'active' };
  if (house.sent === 'asleep') return { place: PEOPLE[id].bed, activity: 'sleep' };
  const { place, activity } = stopAt(house.plan, id, (house.timeS / 60) % 1_440);
  return { place, activity };
}

function leave(house: House, place: Place): House {
  if (place === 'away') return passFrontDoor(house);
  return withMotion(settle(withMotion(house, place), place), 'hall');
}

function enter(house: House, person: Person): House {
  if (person.place === 'away') return passFrontDoor(house);
  const next = withMotion(withMotion(house, 'hall'), person.place);
  return isDark(house.timeS) && person.activity !== 'sleep'
    ? withLight(next, person.place, true)
    : settle(next, person.place);
}

/** Whoever leaves a room with nobody awake in it switches off the light. */
function settle(house: House, place: Place): House {
  if (place === 'away' || awakeIn(house.people, place).length > 0) return house;
  return withLight(house, place, false);
}

function passFrontDoor(house: House): House {
  const open = withOpening(withMotion(house, 'hall'), 'front-door', house.timeS + PASSAGE_S);
  return withLock(open, false, house.timeS + RELOCK_S);
}

function lockAgain(house: House): House {
  return house.timeS < house.lock.relockAtS ? house : withLock(house, true, Number.POSITIVE_INFINITY);
}

/** Opens the windows whose hour has come; nobody up or the room taped up, no airing. Each shuts by its own end. */
function airRooms(house: House, dtS: number): House {
  const midnightS = Math.floor(house.timeS / 86_400) * 86_400;
  let next = house;
  for (const { opening, fromMin, toMin } of house.plan.airings) {
    const fromS = midnightS + fromMin * 60;
    const isTime = fromS > house.timeS - dtS && fromS <= house.timeS;
    if (isTime && isSomebodyUp(house) && !house.trouble[OPENINGS[opening].room].sealed)
      next = withOpening(next, opening, midnightS + toMin * 60);
  }
  return next;
}

function moveAbout(house: House, room: RoomId, dtS: number, chance: Chance): House {
  let perMin = house.intruder === room ? 6 : 0;
  for (const id of peopleIn(house, room)) perMin += MOVEMENTS_PER_MIN[house.people[id].activity];
  return perMin > 0 && happens(perMin, dtS, chance) ? withMotion(house, room) : house;
}

/** The bathroom fan follows its humidity switch: on in steam, off when it is gone. */
function useFan(house: House): House {
  const showering = PERSON_IDS.some(
    (id) => house.people[id].place === 'bathroom' && house.people[id].activity === 'shower',
  );
  if (showering === house.bathroomFan) return house;
  if (showering) return { ...house, bathroomFan: true };
  return house.air.bathroom.water < FAN_OFF_GM3 ? { ...house, bathroomFan: false } : house;
}

/** Water at which the fan rests, g/m³: about 60 % at 21 °C. */
const FAN_OFF_GM3 = 11;
