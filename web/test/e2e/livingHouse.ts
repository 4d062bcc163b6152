/// <reference lib="dom" />
import type { Browser, Page } from 'playwright-core';
import { OWNER } from '../../../hub/test/hubClient.ts';
import { type HubProcess, type JournalRow, prepareHub } from '../../../hub/test/hubProcess.ts';
import { until } from '../../../hub/test/patience.ts';
import type { ResponseClient } from '../../../scripts/demo/hub-client.ts';
import { setUpResponses } from '../../../scripts/demo/responses.ts';
import type { BoardAccess } from '../../../scripts/simulate-house/board-link.ts';
import { BOARDS } from '../../../scripts/simulate-house/boards.ts';
import type { ScenarioName } from '../../../scripts/simulate-house/scenarios.ts';
import { createSimulation, type Simulation } from '../../../scripts/simulate-house/simulation.ts';
import { launchBrowser, openScreen } from './browser.ts';
import type { Sample } from './windows.ts';

export type LivingHouseOptions = {
  /** House seconds in a real one. */
  readonly speed: number;
  /** Time of day in the house, "HH:MM". */
  readonly start: string;
};

/** The whole house of the demo: a real hub, all boards, and somebody in front of a phone. */
export class LivingHouse {
  readonly hub: HubProcess;
  readonly simulation: Simulation;
  readonly page: Page;
  readonly #ids: ReadonlyMap<string, string>;
  readonly #browser: Browser;
  /** House time at which the scenario began, ms. */
  #begin = 0;

  constructor(
    hub: HubProcess,
    simulation: Simulation,
    ids: ReadonlyMap<string, string>,
    browser: Browser,
    page: Page,
  ) {
    this.hub = hub;
    this.simulation = simulation;
    this.page = page;
    this.#ids = ids;
    this.#browser = browser;
  }

  /** The hub's id of that component of that board. */
  entity(boardId: string, key: string): string {
    return `${this.device(boardId)}.${key}`;
  }

  device(boardId: string): string {
    const id = this.#ids.get(boardId);
    if (id === undefined) throw new Error(`There is no board ${boardId}.`);
    return id;
  }

  /** The same house on a second phone, in Arabic. */
  async arabicPhone(): Promise<Page> {
    const { context, page } = await openScreen(this.#browser);
    await context.addCookies(await this.page.context().cookies());
    await page.addInitScript(() => localStorage.setItem('homeward.language', 'ar'));
    await page.goto(this.page.url());
    await page.locator('[data-part=verdict]').waitFor();
    return page;
  }

  async now(): Promise<number> {
    return (await this.hub.api.call('hello')).now;
  }

  async say(scenario: ScenarioName): Promise<void> {
    this.#begin = await this.now();
    this.simulation.say(scenario);
  }

  /** What the journal holds of one type of fact since the scenario began. */
  told(type: string): JournalRow[] {
    return this.hub.journal(type).filter(({ utc }) => utc >= this.#begin);
  }

  /** Minutes of the house since the scenario began. */
  minutes(utc: number): number {
    return (utc - this.#begin) / 60_000;
  }

  /** The last value of that component, and when it was said. */
  async #entityNow(boardId: string, key: string) {
    return (await this.hub.api.device(this.device(boardId)))?.entities[this.entity(boardId, key)];
  }

  async lastHeard(boardId: string, key: string): Promise<number> {
    return (await this.#entityNow(boardId, key))?.at ?? Number.NaN;
  }

  async untilValue(
    boardId: string,
    key: string,
    is: (value: number) => boolean,
    patienceMs: number,
  ): Promise<void> {
    const has = async () => {
      const value = (await this.#entityNow(boardId, key))?.value;
      return typeof value === 'number' && is(value);
    };
    await until(`${boardId} ${key}`, has, patienceMs);
  }

  /** Every reading since the scenario began, as the history has it. */
  async past(boardId: string, key: string): Promise<Sample[]> {
    const path = `/api/history/${this.entity(boardId, key)}/csv?from=${Math.floor(this.#begin)}`;
    const { text } = await this.hub.api.send({ method: 'GET', path });
    const rows = text.trim().split('\r\n').slice(1);
    return rows.map((line) => {
      const [time = '', value] = line.split(',');
      return { at: this.minutes(Date.parse(time)), value: Number(value) };
    });
  }

  /** Devices that cannot be heard. */
  async lostDevices(): Promise<number> {
    return (await this.hub.api.call('devices')).devices.filter(({ health }) => health === 'lost').length;
  }

  async stop(): Promise<void> {
    await this.simulation.stop();
    await this.#browser.close();
    await this.hub.remove();
  }
}

/** Starts it, and waits until the hub hears all of it and calls it safe. */
export async function startLivingHouse({ speed, start }: LivingHouseOptions): Promise<LivingHouse> {
  const hub = await prepareHub({ env: { HOMEWARD_DEMO_SPEED: String(speed) } });
  await hub.start();
  await hub.claim();
  const keys = new Map<string, BoardAccess & { readonly deviceId: string }>();
  for (const { id, name } of BOARDS) {
    const { deviceId, mqtt } = await hub.api.call('pair', { body: { name, kind: 'board' } });
    const { username, password } = mqtt;
    keys.set(id, { url: hub.brokerUrl, deviceId, username, password, ca: null });
  }
  const simulation = createSimulation({
    seed: 7,
    speed,
    start,
    connect: (boardId) => keys.get(boardId) as BoardAccess,
  });
  await simulation.start();
  await setUpResponses({ hub: responsesOf(hub), keys });
  const browser = await launchBrowser();
  const { context, page } = await openScreen(browser);
  const { name, password } = OWNER;
  const address = `http://localhost:${hub.ports.http}`;
  await context.request.post(`${address}/api/sessions`, { data: { name, password, cookie: true } });
  await until('a safe house', async () => (await hub.api.call('house')).verdict === 'safe', 60_000);
  await page.goto(address);
  await page.locator('[data-part=verdict]').waitFor();
  const ids = new Map([...keys].map(([id, { deviceId }]) => [id, deviceId]));
  return new LivingHouse(hub, simulation, ids, browser, page);
}

const responsesOf = ({ api }: HubProcess): ResponseClient => ({
  entityIds: async () =>
    new Set((await api.call('devices')).devices.flatMap(({ entities }) => Object.keys(entities))),
  used: async (id) => (await api.call('responses')).responses.find((one) => one.id === id)?.entityIds ?? [],
  use: async (id, entityIds) => void (await api.call('changeResponse', { id, body: { entityIds } })),
});
