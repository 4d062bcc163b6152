import type { Millis } from '../shared/time.ts';
import type { Place } from './arduinoCli.ts';
import type { ArduinoTool } from './arduinoTool.ts';
import {
  type Flash,
  type FlashDeed,
  type FlashHappening,
  type FlashOutcome,
  isUnderWay,
  nextLook,
  viewFlash,
} from './flash.ts';
import type { BoardIdentity } from './identity.ts';
import { startFlash, stepFlash } from './journey.ts';
import type { FlashJob, FlashNode, FlashRequest } from './schema.ts';
import type { SerialLine, SerialListener } from './serialPort.ts';

/** What a flash needs of the world. */
export type FlashHands = {
  readonly tool: ArduinoTool;
  readonly placeOf: (order: FlashRequest) => Place;
  /** @throws PortRefused */
  readonly openPort: (address: string, listener: SerialListener) => Promise<SerialLine>;
  readonly noteBuild: (node: FlashNode, chip: string | null) => void;
  /** @throws Error whose message a person may read */
  readonly pair: (name: string) => Promise<{ readonly deviceId: string; readonly identity: BoardIdentity }>;
  /** Whether the house has heard it. */
  readonly hasSpoken: (deviceId: string) => Promise<boolean>;
  readonly remove: (deviceId: string) => Promise<void>;
  /** Milliseconds of a clock that never jumps. */
  readonly now: () => Millis;
  /** Told whenever something changed. */
  readonly changed: (job: FlashJob) => void;
  /** Told of a bug; the flash ends with it. */
  readonly report: (error: unknown) => void;
};

/** One board on its way into the house: does what the journey wants done, and tells it what comes of it. */
export class FlashRun {
  readonly #hands: FlashHands;
  #flash: Flash;
  #line: SerialLine | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(order: FlashRequest, hands: FlashHands) {
    this.#hands = hands;
    const begun = startFlash(order, hands.now());
    this.#flash = begun.flash;
    this.#take(begun);
  }

  get view(): FlashJob {
    return viewFlash(this.#flash);
  }

  isUnderWay(): boolean {
    return isUnderWay(this.#flash);
  }

  happen(happening: FlashHappening): void {
    try {
      this.#take(stepFlash(this.#flash, happening, this.#hands.now()));
    } catch (error) {
      this.#break(error);
    }
  }

  #take({ flash, deeds }: FlashOutcome): void {
    this.#flash = flash;
    if (this.#timer !== null) clearTimeout(this.#timer);
    const at = nextLook(flash);
    this.#timer =
      at === null ? null : setTimeout(() => this.happen({ is: 'timePassed' }), at - this.#hands.now());
    for (const deed of deeds) this.#do(deed).catch((error: unknown) => this.#break(error));
    this.#hands.changed(viewFlash(flash));
  }

  #break(error: unknown): void {
    this.#hands.report(error);
    if (isUnderWay(this.#flash)) this.happen({ is: 'broke' });
  }

  async #do(deed: FlashDeed): Promise<void> {
    const { tool, noteBuild, remove, hasSpoken } = this.#hands;
    switch (deed.do) {
      case 'callTool':
        return this.#callTool(deed.call);
      case 'stopTool':
        return tool.stop();
      case 'noteBuild':
        return noteBuild(this.#flash.order.node, deed.chip);
      case 'openPort':
        return this.#openPort();
      case 'send':
        return this.#line?.send(deed.bytes);
      case 'closePort':
        this.#line?.close();
        this.#line = null;
        return;
      case 'pair':
        return this.#pair();
      case 'listen':
        if (await hasSpoken(deed.deviceId)) this.happen({ is: 'spoke' });
        return;
      case 'remove':
        return remove(deed.deviceId);
    }
  }

  async #callTool(call: Extract<FlashDeed, { do: 'callTool' }>['call']): Promise<void> {
    const { tool, placeOf } = this.#hands;
    let said = '';
    const answer = await tool.call(call, placeOf(this.#flash.order), (text) => {
      if (call !== 'upload') return;
      // A line may come in two pieces.
      said = (said + text).slice(-400);
      this.happen({ is: 'uploadTold', text: said });
    });
    this.happen({ is: 'toolAnswered', call, answer });
  }

  async #openPort(): Promise<void> {
    try {
      this.#line = await this.#hands.openPort(this.#flash.order.port, {
        bytes: (bytes) => this.happen({ is: 'bytesCame', bytes }),
        closed: () => {
          this.#line = null;
          this.happen({ is: 'portClosed' });
        },
      });
    } catch (error) {
      const code = (error as { code?: unknown }).code;
      if (typeof code !== 'string') throw error;
      this.happen({ is: 'portNotOpened', code });
      return;
    }
    if (this.#flash.port !== 'opening') this.#line.close();
    else this.happen({ is: 'portOpened' });
  }

  async #pair(): Promise<void> {
    try {
      this.happen({ is: 'paired', ...(await this.#hands.pair(this.#flash.order.name)) });
    } catch (error) {
      this.happen({ is: 'notPaired', reason: error instanceof Error ? error.message : String(error) });
    }
  }
}
