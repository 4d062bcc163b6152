import { randomBytes } from 'node:crypto';
import { type AlarmCall, type AlarmStamp, createAlarmCall } from './alarm-call.ts';
import { announcement, boardTopics, commandedEntity } from './announcement.ts';
import { type BoardAccess, type BoardLink, createBoardLink } from './board-link.ts';
import type { Board } from './boards.ts';
import { between, type Chance } from './chance.ts';
import type { Pace, RealClock } from './house-clock.ts';
import type { Values } from './sensing.ts';

export type VirtualBoardParts = {
  readonly board: Board;
  readonly access: BoardAccess;
  readonly pace: Pace;
  readonly clock: RealClock;
  readonly chance: Chance;
  /** The house's clock, s. */
  readonly nowS: () => number;
  /** What the board measures now. */
  readonly look: () => Values;
  /** Picture of a camera; null on other boards. */
  readonly frame: (() => Buffer) | null;
  /** A command came for this entity. */
  readonly obey: (entity: string, payload: string) => void;
  readonly onLog: (line: string) => void;
};

/** One board with its own connection, identity, will and announcement. */
export type VirtualBoard = {
  readonly board: Board;
  readonly deviceId: string;
  /** Connects; resolves when the broker took it for the first time. */
  start(): Promise<void>;
  /** Says goodbye: offline by its own words, then disconnects. */
  stop(): Promise<void>;
  /** Called at each step of the house: reports what changed at once, everything when it is due. */
  step(): void;
  /** Reports now. */
  report(): void;
  /** The program stands still; the connection lives on. */
  hang(): void;
  /** The connection breaks without goodbye: the broker publishes the will. */
  drop(): void;
  /** Is back after `hang` or `drop`, with the boot it had. */
  comeBack(): void;
};

/** Usual time between two reports, s of house time: an air node 10 (safety.md CO-2: ≤ 10), others as a sign of life. */
const REPORT_S = { air: 10, other: 60, camera: 10 } as const;

/** Reports stray by this share around their interval: boards have no common clock. */
const JITTER = 0.25;

/** Values count as old after this many missed intervals (ha-mqtt-discovery.md §10). */
const EXPIRES_AFTER = 3;

/** … and never sooner than this, s of house time: a mains board is lost after 180 s (safety.md §3.2). */
const LEAST_EXPIRY_S = 180;

/** Changes of one board follow each other no faster than this, real ms; the last of them is never lost. */
const CHANGE_GAP_MS = 100;

/** The least time between two pictures, real ms. */
const FRAME_GAP_MS = 1_000;

const HUB_STATUS = 'homeassistant/status';

export function createVirtualBoard(parts: VirtualBoardParts): VirtualBoard {
  return new ConnectedBoard(parts);
}

class ConnectedBoard implements VirtualBoard {
  readonly board: Board;
  readonly deviceId: string;
  readonly #parts: VirtualBoardParts;
  readonly #topics: ReturnType<typeof boardTopics>;
  /** Never from the seed: a hub that met this board yesterday must not take its messages for doubles. */
  readonly #boot = randomBytes(4).toString('hex');
  readonly #everyS: number;
  readonly #startedS: number;
  readonly #link: BoardLink;
  /** Boards on which a life depends call for help beside their state; null on others. */
  readonly #alarm: AlarmCall | null;
  #wasSmoky = false;
  #isHung = false;
  #isDropped = false;
  #seq = 0;
  #dueS = 0;
  #frameDueMs = 0;
  #lastSaid = '';
  #lastSaidMs = Number.NEGATIVE_INFINITY;
  #cancelAnnounce: () => void = () => undefined;

  constructor(parts: VirtualBoardParts) {
    this.#parts = parts;
    this.board = parts.board;
    this.deviceId = parts.access.deviceId ?? parts.access.username ?? parts.board.id;
    this.#topics = boardTopics(this.deviceId);
    const { kind } = parts.board;
    const usualS = kind === 'air' ? REPORT_S.air : kind === 'camera' ? REPORT_S.camera : REPORT_S.other;
    this.#everyS = usualS * parts.pace.stretch;
    this.#startedS = parts.nowS();
    this.#alarm =
      kind === 'smoke'
        ? createAlarmCall('smoke', parts.clock, (payload) =>
            this.#publish(this.#topics.alarm, payload, false),
          )
        : null;
    this.#link = createBoardLink({
      access: parts.access,
      clientId: this.deviceId,
      willTopic: this.#topics.availability,
      retryMs: () => Math.round(between(1_000, 3_000, parts.chance)),
      onOpen: () => this.#greet(),
      onMessage: (topic, payload, isRetained) => this.#hear(topic, payload, isRetained),
      onFault: (reason) => parts.onLog(`${parts.board.name}: ${reason}`),
    });
  }

  start(): Promise<void> {
    return this.#link.open();
  }

  stop(): Promise<void> {
    this.#cancelAnnounce();
    this.#alarm?.end();
    return this.#link.close(this.#topics.availability, 'offline');
  }

  step(): void {
    if (this.#parts.frame !== null) this.#publishFrame(this.#parts.frame);
    const isDue = this.#parts.nowS() >= this.#dueS;
    if (isDue || (this.board.kind !== 'air' && this.#hasChanged())) this.report();
  }

  report(): void {
    if (!this.#canSpeak()) return;
    const values = this.#parts.look();
    const nowS = this.#parts.nowS();
    this.#dueS = nowS + this.#everyS * between(1 - JITTER, 1 + JITTER, this.#parts.chance);
    this.#lastSaid = JSON.stringify(values);
    this.#lastSaidMs = this.#parts.clock.now();
    this.#callForHelp(values);
    this.#publish(this.#topics.state, JSON.stringify({ ...this.#stamp(), ...values }), false);
  }

  hang(): void {
    this.#isHung = true;
  }

  drop(): void {
    this.#cancelAnnounce();
    this.#isDropped = true;
    this.#link.cut();
  }

  comeBack(): void {
    this.#isHung = false;
    if (this.#isDropped) void this.#link.open();
    else this.report();
    this.#isDropped = false;
  }

  #stamp(): AlarmStamp {
    this.#seq += 1;
    const upMs = Math.round((this.#parts.nowS() - this.#startedS) * 1_000);
    return { boot: this.#boot, seq: this.#seq, upMs };
  }

  #callForHelp(values: Values): void {
    if (this.#alarm === null) return;
    const isSmoky = values.smoke === 'ON';
    if (isSmoky && !this.#wasSmoky) this.#alarm.raise(this.#stamp());
    if (!isSmoky) this.#alarm.end();
    this.#wasSmoky = isSmoky;
  }

  /** What a board does each time the broker takes it: ha-mqtt-discovery.md §8. */
  #greet(): void {
    this.#link.subscribe([this.#topics.commands, this.#topics.ack, HUB_STATUS]);
    this.#announce();
  }

  #announce(): void {
    const { leastExpiryS } = this.#parts.pace;
    const expireS = Math.max(LEAST_EXPIRY_S, EXPIRES_AFTER * this.#everyS, leastExpiryS);
    const config = announcement(this.board, this.deviceId, expireS);
    this.#publish(this.#topics.discovery, JSON.stringify(config), true);
    this.#publish(this.#topics.availability, 'online', true);
    this.report();
  }

  #hear(topic: string, payload: string, isRetained: boolean): void {
    // A retained command is somebody's old wish: never obeyed. A retained birth came before our own announcement.
    if (isRetained || this.#isHung) return;
    const entity = commandedEntity(topic);
    if (entity !== null) this.#obey(entity, payload);
    else if (topic === this.#topics.ack) this.#alarm?.hearAnswer(payload);
    else if (topic === HUB_STATUS && payload === 'online') this.#announceSoon();
  }

  /** Says how it is after every command, also after one that changed nothing: silence means that it is gone. */
  #obey(entity: string, payload: string): void {
    this.#parts.obey(entity, payload);
    this.report();
  }

  /** 1–5 s after the hub's birth, by the house's clock: not all boards at once. */
  #announceSoon(): void {
    this.#cancelAnnounce();
    const { chance, clock, pace } = this.#parts;
    this.#cancelAnnounce = clock.after(between(1_000, 5_000, chance) / pace.speed, () => this.#announce());
  }

  #hasChanged(): boolean {
    if (this.#parts.clock.now() - this.#lastSaidMs < CHANGE_GAP_MS) return false;
    return JSON.stringify(this.#parts.look()) !== this.#lastSaid;
  }

  #publishFrame(frame: () => Buffer): void {
    const { clock, pace } = this.#parts;
    if (!this.#canSpeak() || clock.now() < this.#frameDueMs) return;
    this.#frameDueMs = clock.now() + Math.max(FRAME_GAP_MS, (this.#everyS * 1_000) / pace.speed);
    this.#link.publish(this.#topics.frame, frame(), { qos: 0, retain: false });
  }

  #publish(topic: string, payload: string, retain: boolean): void {
    if (!this.#canSpeak()) return;
    const qos = retain || this.board.kind !== 'air' ? 1 : 0;
    this.#link.publish(topic, payload, { qos, retain });
  }

  #canSpeak(): boolean {
    return this.#link.isOpen() && !this.#isHung;
  }
}
