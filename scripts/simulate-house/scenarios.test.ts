import { describe, expect, it } from 'vitest';
import { BOARDS } from './boards.ts';
import { createChance } from './chance.ts';
import { createHouse, type House, hasMotion, isOpen } from './house.ts';
import { applyEvent } from './house-event.ts';
import { runHouse } from './house-step.ts';
import { minuteOfDay } from './routine.ts';
import { isBoardEvent, SCENARIOS, type ScenarioName } from './scenarios.ts';

/** Minutes after the start of a scenario until something is so; null when it is not within `limitMin`. */
function minutesUntil(
  name: ScenarioName,
  start: string,
  isSo: (house: House) => boolean,
  limitMin = 180,
): number | null {
  const chance = createChance(5);
  let house = runHouse(createHouse(minuteOfDay(start), chance), 600, chance);
  const fromS = house.timeS;
  const events = [...SCENARIOS[name].events];
  while (house.timeS < fromS + limitMin * 60) {
    while (events[0] !== undefined && fromS + events[0].atS <= house.timeS) {
      const event = events.shift()?.event;
      if (event !== undefined && !isBoardEvent(event)) house = applyEvent(house, event);
    }
    if (isSo(house)) return (house.timeS - fromS) / 60;
    house = runHouse(house, 2, chance);
  }
  return null;
}

describe('scenarios do what they tell', () => {
  it('heater: oxygen below 19.5 % after about 35 minutes, at any time of day, CO then over 9 ppm', () => {
    for (const start of ['03:00', '10:00', '20:00']) {
      const minutes = minutesUntil('heater', start, ({ air }) => air.living.o2 < 0.195);
      expect(minutes).toBeGreaterThan(25);
      expect(minutes).toBeLessThan(45);
      expect(minutesUntil('heater', start, ({ air }) => air.living.co > 9e-6)).toBeLessThan(60);
    }
  });

  it('heater: the aired room recovers', () => {
    const isOver = (house: House) => house.trouble.living.heaterKw === 0 && isOpen(house, 'living-window');
    expect(
      minutesUntil('heater', '10:00', (house) => isOver(house) && house.air.living.o2 > 0.207),
    ).toBeLessThan(105);
  });

  it('co: over 300 ppm in the kitchen within ten minutes and in the bedroom within the hour', () => {
    expect(minutesUntil('co', '02:30', ({ air }) => air.kitchen.co > 300e-6)).toBeLessThan(10);
    expect(minutesUntil('co', '02:30', ({ air }) => air.bedroom.co > 300e-6)).toBeLessThan(60);
  });

  it('gas: over 10 % of the explosive limit within five minutes, never explosive', () => {
    expect(minutesUntil('gas', '12:00', ({ air }) => air.kitchen.methane > 0.005)).toBeLessThan(5);
    expect(minutesUntil('gas', '12:00', ({ air }) => air.kitchen.methane > 0.05)).toBeNull();
  });

  it('smoke: kitchen trips within half a minute, the hall follows, both let go', () => {
    expect(minutesUntil('smoke', '18:00', ({ smoky }) => smoky.kitchen)).toBeLessThan(0.5);
    expect(minutesUntil('smoke', '18:00', ({ smoky }) => smoky.hall)).toBeLessThan(6);
    const isOver = (house: House) => house.trouble.kitchen.smoke === 0 && isOpen(house, 'kitchen-window');
    expect(
      minutesUntil('smoke', '18:00', (house) => isOver(house) && !house.smoky.kitchen && !house.smoky.hall),
    ).not.toBeNull();
  });

  it('burglar: the window opens and there is motion while nobody is at home', () => {
    const isAway = (house: House) => Object.values(house.people).every(({ place }) => place === 'away');
    expect(
      minutesUntil('burglar', '20:00', (house) => isAway(house) && isOpen(house, 'living-window')),
    ).toBeCloseTo(5, 0);
    expect(
      minutesUntil('burglar', '20:00', (house) => isOpen(house, 'living-window') && hasMotion(house, 'hall')),
    ).toBeLessThan(8);
  });

  it('name only boards that exist', () => {
    const ids = new Set(BOARDS.map(({ id }) => id));
    expect(ids.size).toBe(BOARDS.length);
    const named = Object.values(SCENARIOS).flatMap(({ events }) =>
      events.flatMap(({ event }) => (isBoardEvent(event) ? event.boardIds : [])),
    );
    expect(named.length).toBeGreaterThan(0);
    for (const id of named) expect(ids).toContain(id);
  });
});
