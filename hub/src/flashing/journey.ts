import type { Millis } from '../shared/time.ts';
import { readCompiled, readUploaded, readVersion, type ToolAnswer, uploadShare } from './arduinoCli.ts';
import { end, type Flash, type FlashHappening, type FlashOutcome, fail, goOn, isUnderWay } from './flash.ts';
import { NOTHING_READ } from './improv.ts';
import { COMPILE_MS, LISTEN_AGAIN_MS, OPEN_AGAIN_MS, OPEN_MS, UPLOAD_MS, VERSION_MS } from './limits.ts';
import type { BoardWifi, FlashFailure, FlashRequest } from './schema.ts';
import { askForWifi, callAgain, greet, handOver, hear, join } from './talk.ts';

type Happened<Is extends FlashHappening['is']> = Extract<FlashHappening, { is: Is }>;

const idle = (flash: Flash): FlashOutcome => ({ flash, deeds: [] });

/** Begins with the question whether there is an arduino-cli. */
export function startFlash(order: FlashRequest, now: Millis): FlashOutcome {
  const flash: Flash = {
    order,
    stage: 'tool',
    state: 'running',
    share: null,
    failure: null,
    detail: null,
    networks: [],
    deviceId: null,
    identity: null,
    isKept: false,
    port: 'shut',
    unread: NOTHING_READ,
    call: null,
    held: 0,
    giveUpAt: now + VERSION_MS,
    againAt: null,
  };
  return { flash, deeds: [{ do: 'callTool', call: 'version' }] };
}

/** What comes of what happened. The only place where a flash changes. */
export function stepFlash(flash: Flash, happening: FlashHappening, now: Millis): FlashOutcome {
  if (!isUnderWay(flash)) return afterEnd(flash, happening);
  switch (happening.is) {
    case 'toolAnswered':
      return afterTool(flash, happening, now);
    case 'uploadTold':
      return afterWords(flash, happening.text);
    case 'portOpened':
      return flash.port === 'opening' ? greet(flash, now) : idle(flash);
    case 'portNotOpened':
      return flash.port === 'opening' ? openLater(flash, happening.code, now) : idle(flash);
    case 'portClosed':
      return afterClosed(flash, now);
    case 'bytesCame':
      return hear(flash, happening.bytes, now);
    case 'paired':
      return afterPairing(flash, happening, now);
    case 'notPaired':
      return flash.stage === 'pair' ? fail(flash, 'not-paired', happening.reason) : idle(flash);
    case 'spoke':
      return flash.isKept ? end(flash, 'done') : idle(flash);
    case 'wifiGiven':
      return afterWifi(flash, happening.wifi, now);
    case 'stopAsked':
      return stop(flash);
    case 'broke':
      return fail(flash, 'bug');
    case 'timePassed':
      return afterTime(flash, now);
  }
}

const afterWords = (flash: Flash, text: string): FlashOutcome =>
  idle(flash.stage === 'upload' ? { ...flash, share: uploadShare(text) ?? flash.share } : flash);

/** An identity that comes when nobody wants it any more is taken back. */
function afterEnd(flash: Flash, happening: FlashHappening): FlashOutcome {
  if (happening.is !== 'paired') return idle(flash);
  return { flash, deeds: [{ do: 'remove', deviceId: happening.deviceId }] };
}

const isAtTool = ({ stage }: Flash): boolean => stage === 'tool' || stage === 'compile' || stage === 'upload';

function stop(flash: Flash): FlashOutcome {
  const { flash: ended, deeds } = end(flash, 'stopped');
  return { flash: ended, deeds: [...(isAtTool(flash) ? [{ do: 'stopTool' } as const] : []), ...deeds] };
}

function afterTool(flash: Flash, { call, answer }: Happened<'toolAnswered'>, now: Millis): FlashOutcome {
  if (call === 'version' && flash.stage === 'tool') {
    const read = readVersion(answer);
    if ('failure' in read) return fail(flash, read.failure, read.detail);
    return goOn(flash, 'compile', now + COMPILE_MS, [{ do: 'callTool', call: 'compile' }]);
  }
  if (call === 'compile' && flash.stage === 'compile') return afterCompiler(flash, answer, now);
  if (call !== 'upload' || flash.stage !== 'upload') return idle(flash);
  const failed = readUploaded(answer);
  if (failed !== null) return fail(flash, failed.failure, failed.detail);
  return goOn(flash, 'greet', now + OPEN_MS, [{ do: 'openPort' }], { port: 'opening' });
}

function afterCompiler(flash: Flash, answer: ToolAnswer, now: Millis): FlashOutcome {
  const read = readCompiled(answer);
  if ('failure' in read) return fail(flash, read.failure, read.detail);
  const deeds = [
    { do: 'noteBuild', chip: read.chip },
    { do: 'callTool', call: 'upload' },
  ] as const;
  return goOn(flash, 'upload', now + UPLOAD_MS, deeds);
}

const PORT_FAILURES: Readonly<Record<string, FlashFailure>> = {
  EACCES: 'port-forbidden',
  EPERM: 'port-forbidden',
  EBUSY: 'port-busy',
};
const portFailure = (code: string): FlashFailure => PORT_FAILURES[code] ?? 'port-gone';

/** A board whose chip is the USB device goes for a moment when it starts; what one may not open now one may not later. */
function openLater(flash: Flash, code: string, now: Millis): FlashOutcome {
  const failure = portFailure(code);
  const isOver = failure === 'port-forbidden' || now >= (flash.giveUpAt ?? now);
  if (isOver) return fail({ ...flash, port: 'shut' }, failure, code);
  return idle({ ...flash, port: 'shut', detail: code, againAt: now + OPEN_AGAIN_MS });
}

function afterClosed(flash: Flash, now: Millis): FlashOutcome {
  if (flash.port === 'shut') return idle(flash);
  const shut: Flash = { ...flash, port: 'shut' };
  if (flash.stage !== 'greet') return fail(shut, 'unplugged');
  return idle({ ...shut, call: null, againAt: now + OPEN_AGAIN_MS });
}

function afterPairing(flash: Flash, { deviceId, identity }: Happened<'paired'>, now: Millis): FlashOutcome {
  if (flash.stage !== 'pair') return { flash, deeds: [{ do: 'remove', deviceId }] };
  return handOver({ ...flash, deviceId, identity }, now);
}

function afterWifi(flash: Flash, wifi: BoardWifi, now: Millis): FlashOutcome {
  if (flash.state !== 'wifi-asked') return idle(flash);
  return join({ ...flash, order: { ...flash.order, wifi } }, now);
}

function afterTime(flash: Flash, now: Millis): FlashOutcome {
  if (flash.giveUpAt !== null && now >= flash.giveUpAt) return tooLate(flash, now);
  if (flash.againAt === null || now < flash.againAt) return idle(flash);
  if (flash.stage === 'first-word' && flash.deviceId !== null) {
    const again = { ...flash, againAt: now + LISTEN_AGAIN_MS };
    return { flash: again, deeds: [{ do: 'listen', deviceId: flash.deviceId }] };
  }
  if (flash.port === 'shut') {
    return { flash: { ...flash, port: 'opening', againAt: null }, deeds: [{ do: 'openPort' }] };
  }
  return callAgain(flash, now);
}

function tooLate(flash: Flash, now: Millis): FlashOutcome {
  if (flash.state === 'wifi-asked') return fail(flash, 'wifi-refused');
  switch (flash.stage) {
    case 'tool':
    case 'compile':
    case 'upload': {
      const { flash: ended, deeds } = fail(flash, 'too-slow');
      return { flash: ended, deeds: [{ do: 'stopTool' }, ...deeds] };
    }
    case 'greet':
      if (flash.port === 'open') return fail(flash, 'board-silent');
      return fail(flash, portFailure(flash.detail ?? ''), flash.detail);
    case 'pair':
      return fail(flash, 'not-paired');
    case 'hand-over':
      return fail(flash, 'board-silent');
    case 'join':
      return flash.call?.call === 'scan' ? askForWifi(flash, now) : fail(flash, 'board-silent');
    case 'first-word':
      return fail(flash, 'no-first-word');
  }
}
