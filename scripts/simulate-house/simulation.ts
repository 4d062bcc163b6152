import type { BoardAccess } from './board-link.ts';
import { BOARDS, type Board } from './boards.ts';
import { cameraFrame } from './camera.ts';
import { type Chance, createChance } from './chance.ts';
import { readCommand } from './command.ts';
import { createHouse, type House } from './house.ts';
import { createPace, type Pace, type RealClock, systemClock } from './house-clock.ts';
import { applyEvent, type HouseEvent } from './house-event.ts';
import { runHouse } from './house-step.ts';
import { minuteOfDay } from './routine.ts';
import {
  type BoardEvent,
  isBoardEvent,
  SCENARIOS,
  type ScenarioEvent,
  type ScenarioName,
} from './scenarios.ts';
import { senseBoard } from './sensing.ts';
import { createVirtualBoard, type VirtualBoard } from './virtual-board.ts';

export type SimulationOptions = {
  /** The same seed makes the same house. Default 1. */
  readonly seed?: number;
  /** House seconds per real second, 1..1000. Default 1. */
  readonly speed?: number;
  /** Begins `SCENARIO_DELAY_S` after the start; null, the default: a quiet day. */
  readonly scenario?: ScenarioName | null;
  /** The house's time of day at the start, "HH:MM". Default: the local time now. */
  readonly start?: string;
  /** How each board reaches the broker. Asked once for each, at the start. */
  readonly connect: (boardId: string) => BoardAccess | Promise<BoardAccess>;
  readonly clock?: RealClock;
  /** What deserves to be told: a scenario began, a board is refused. */
  readonly onLog?: (line: string) => void;
};

/** A running house with its boards. */
export type Simulation = {
  readonly boards: readonly Board[];
  /** The house as it is now: to be read, never to be changed. */
  readonly model: House;
  /** Connects all boards and lets time run. Resolves when all are connected, or after 10 s. */
  start(): Promise<void>;
  /** Stops time; every board says goodbye. */
  stop(): Promise<void>;
  /** Begins a scenario now. */
  say(scenario: ScenarioName): void;
};

/** House time between the start and the scenario, s: the hub shall see a healthy house first. */
export const SCENARIO_DELAY_S = 30;

/** The start waits no longer than this for boards, real ms: one that is refused must not hold up the others. */
const CONNECT_PATIENCE_MS = 10_000;

/** Longest pause of the process that the house catches up with, s of house time. */
const LONGEST_CATCH_UP_S = 3_600;

export function createSimulation(options: SimulationOptions): Simulation {
  return new RunningHouse(options);
}

class RunningHouse implements Simulation {
  readonly boards = BOARDS;
  readonly #options: SimulationOptions;
  readonly #clock: RealClock;
  readonly #pace: Pace;
  readonly #chance: Chance;
  readonly #agenda: { atS: number; event: ScenarioEvent }[] = [];
  #house: House;
  #virtual: readonly VirtualBoard[] = [];
  #lastTickMs = 0;
  #cancelTick: () => void = () => undefined;

  constructor(options: SimulationOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#pace = createPace(options.speed ?? 1);
    this.#chance = createChance(options.seed ?? 1);
    const start = options.start ?? new Date().toTimeString().slice(0, 5);
    this.#house = createHouse(minuteOfDay(start), this.#chance);
  }

  get model(): House {
    return this.#house;
  }

  async start(): Promise<void> {
    this.#virtual = await Promise.all(this.boards.map((board, index) => this.#createBoard(board, index)));
    const connected = Promise.all(this.#virtual.map((board) => board.start()));
    let cancel: () => void = () => undefined;
    const patience = new Promise<void>((resolve) => {
      cancel = this.#clock.after(CONNECT_PATIENCE_MS, resolve);
    });
    this.#lastTickMs = this.#clock.now();
    this.#tickSoon();
    const { scenario = null } = this.#options;
    if (scenario !== null) this.#begin(scenario, SCENARIO_DELAY_S);
    await Promise.race([connected, patience]);
    cancel();
  }

  async stop(): Promise<void> {
    this.#cancelTick();
    this.#agenda.length = 0;
    await Promise.all(this.#virtual.map((board) => board.stop()));
    this.#virtual = [];
  }

  say(scenario: ScenarioName): void {
    this.#begin(scenario, 0);
  }

  #begin(scenario: ScenarioName, inS: number): void {
    this.#options.onLog?.(`${scenario}: ${SCENARIOS[scenario].story}`);
    const fromS = this.#house.timeS + inS;
    for (const { atS, event } of SCENARIOS[scenario].events) this.#agenda.push({ atS: fromS + atS, event });
    this.#agenda.sort((a, b) => a.atS - b.atS);
  }

  async #createBoard(board: Board, index: number): Promise<VirtualBoard> {
    // Each board has chance of its own: when a message is sent must not change what the house does.
    const chance = createChance((this.#options.seed ?? 1) * 1_000 + index + 1);
    return createVirtualBoard({
      board,
      access: await this.#options.connect(board.id),
      pace: this.#pace,
      clock: this.#clock,
      chance,
      nowS: () => this.#house.timeS,
      look: () => senseBoard(board, this.#house, chance),
      frame: board.kind === 'camera' ? () => cameraFrame(this.#house, chance) : null,
      obey: (entity, payload) => this.#obey(board, entity, payload),
      onLog: (line) => this.#options.onLog?.(line),
    });
  }

  #obey(board: Board, entity: string, payload: string): void {
    const event = readCommand(board, entity, payload);
    if (event !== null) this.#house = applyEvent(this.#house, event);
    // Answered in any case, and at once: what was asked and what is are two things.
    this.#virtual.find((one) => one.board.id === board.id)?.report();
  }

  #tickSoon(): void {
    this.#cancelTick = this.#clock.after(this.#pace.tickMs, () => {
      const nowMs = this.#clock.now();
      const passedS = ((nowMs - this.#lastTickMs) / 1_000) * this.#pace.speed;
      this.#lastTickMs = nowMs;
      this.#run(Math.min(passedS, LONGEST_CATCH_UP_S));
      this.#tickSoon();
    });
  }

  /** Lets so much house time pass, with every event at its time. */
  #run(forS: number): void {
    const untilS = this.#house.timeS + forS;
    for (let next = this.#agenda[0]; next !== undefined && next.atS <= untilS; next = this.#agenda[0]) {
      this.#agenda.shift();
      this.#pass(next.atS - this.#house.timeS);
      this.#happen(next.event);
    }
    this.#pass(untilS - this.#house.timeS);
  }

  #pass(forS: number): void {
    runHouse(this.#house, forS, this.#chance, (house) => {
      this.#house = house;
      for (const board of this.#virtual) board.step();
    });
  }

  #happen(event: ScenarioEvent): void {
    if (isBoardEvent(event)) this.#happenToBoards(event);
    else this.#happenToHouse(event);
  }

  #happenToHouse(event: HouseEvent): void {
    this.#house = applyEvent(this.#house, event);
    for (const board of this.#virtual) board.step();
  }

  #happenToBoards(event: BoardEvent): void {
    for (const board of this.#virtual) {
      if (!event.boardIds.includes(board.board.id)) continue;
      if (event.type === 'boardsHung') board.hang();
      else if (event.type === 'boardsDropped') board.drop();
      else board.comeBack();
    }
  }
}
