import { type Board, batteryPct } from './boards.ts';
import { type Chance, normal } from './chance.ts';
import { type House, hasMotion, isOpen, pressureHpa } from './house.ts';
import type { RoomId } from './house-plan.ts';
import { relativeHumidity, wetOxygenPct } from './vapour.ts';

/** What a board says about the house: values by the keys of its components. */
export type Values = Readonly<Record<string, number | string>>;

/** Lower explosive limit of methane, volume fraction (safety.md §1.1). */
const METHANE_LEL = 0.05;

/**
 * Noise (1 σ), step of the output and range of each sensor. Oxygen: 0.03 % (safety.md §2.2: 0.02–0.05) in steps of 0.01;
 * CO2, temperature and humidity as a photo-acoustic board sensor; CO as an electrochemical cell; gas as a
 * catalytic one (data-sheet orders of magnitude, assumptions).
 */
const SENSORS = {
  oxygen: { noise: 0.03, step: 0.01, min: 0, max: 25 },
  co: { noise: 0.4, step: 1, min: 0, max: 1_000 },
  co2: { noise: 8, step: 1, min: 400, max: 40_000 },
  temperature: { noise: 0.03, step: 0.1, min: -10, max: 60 },
  humidity: { noise: 0.2, step: 0.1, min: 0, max: 100 },
  lel_methane: { noise: 0.08, step: 0.1, min: 0, max: 100 },
  pressure: { noise: 0.05, step: 0.1, min: 300, max: 1_100 },
} as const;
type SensorKey = keyof typeof SENSORS;

/** A true value as its sensor shows it. */
export function sense(key: SensorKey, truth: number, chance: Chance): number {
  const { noise, step, min, max } = SENSORS[key];
  const shown = Math.min(max, Math.max(min, truth + noise * normal(chance)));
  return Number((Math.round(shown / step) * step).toFixed(2));
}

/** What a board measures now. Only an air node's values differ from one look to the next while nothing happens. */
export function senseBoard(board: Board, house: House, chance: Chance): Values {
  switch (board.kind) {
    case 'air':
      return senseAir(board.room, house, chance);
    case 'smoke':
      return { smoke: onOff(house.smoky[board.room]), ...batteryOf(board) };
    case 'contact':
      return { open: onOff(board.opening !== null && isOpen(house, board.opening)), ...batteryOf(board) };
    case 'motion':
      return { motion: onOff(hasMotion(house, board.room)) };
    case 'light':
      return { light: onOff(house.lights[board.room]) };
    case 'fan':
      return { fan: onOff(house.bathroomFan) };
    case 'lock':
      return { lock: boltWord(house) };
    case 'siren':
      return { siren: onOff(house.siren.tone !== null), tone: house.siren.tone ?? 'none' };
    case 'valve':
      return { valve: house.gasValveOpen ? 'OPEN' : 'CLOSED' };
    case 'camera':
      return {};
  }
}

function senseAir(room: RoomId, house: House, chance: Chance): Values {
  const { o2, co2, co, methane, water, temperatureC } = house.air[room];
  const humidity = relativeHumidity(water, temperatureC);
  const gas = { lel_methane: sense('lel_methane', (100 * methane) / METHANE_LEL, chance) };
  return {
    oxygen: sense('oxygen', wetOxygenPct(o2 * 100, humidity, temperatureC), chance),
    co: sense('co', co * 1e6, chance),
    co2: sense('co2', co2 * 1e6, chance),
    temperature: sense('temperature', temperatureC, chance),
    humidity: sense('humidity', humidity, chance),
    ...(room === 'kitchen' ? gas : {}),
    ...(room === 'hall' ? { pressure: sense('pressure', pressureHpa(house.timeS), chance) } : {}),
  };
}

function batteryOf(board: Board): Values {
  const battery = batteryPct(board);
  return battery === null ? {} : { battery };
}

function boltWord({ lock, timeS }: House): string {
  if (timeS < lock.movesUntilS) return lock.locked ? 'LOCKING' : 'UNLOCKING';
  return lock.locked ? 'LOCKED' : 'UNLOCKED';
}

function onOff(on: boolean): 'ON' | 'OFF' {
  return on ? 'ON' : 'OFF';
}
