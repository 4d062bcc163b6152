import { io, type Socket } from 'socket.io-client';
import { takeBeat, takePatch, takeSnapshot } from './feed.ts';
import { useHouse } from './house.ts';
import { useSession } from './session.ts';

/** A snapshot that was asked for and did not come is asked for again after this long. Milliseconds. */
const ASK_AGAIN_MS = 3_000;
/** A hub that turned us away is tried again after this long. Milliseconds. */
const KNOCK_AGAIN_MS = 2_000;

type House = ReturnType<typeof useHouse>;

/** Listens to the hub until stopped. */
const createLink = (house: House, onRefused: () => void): { stop: () => void } => {
  const socket: Socket = io({
    withCredentials: true,
    transports: ['websocket', 'polling'],
    reconnectionDelayMax: 4_000,
  });
  let askedAt = Number.NEGATIVE_INFINITY;
  let inGap = false;

  const ask = (): void => {
    inGap = true;
    const now = performance.now();
    if (!socket.connected || now - askedAt < ASK_AGAIN_MS) return;
    askedAt = now;
    socket.emit('refresh');
  };

  let knock: ReturnType<typeof setTimeout> | undefined;
  /** The hub itself ended or refused it: socket.io does not come back from that alone. */
  const turnedAway = (): void => {
    onRefused();
    clearTimeout(knock);
    if (!socket.active) knock = setTimeout(() => socket.connect(), KNOCK_AGAIN_MS);
  };

  socket.on('connect', () => {
    house.linkUp = true;
    askedAt = Number.NEGATIVE_INFINITY;
  });
  socket.on('disconnect', (reason) => {
    house.linkUp = false;
    if (reason === 'io server disconnect') turnedAway();
  });
  socket.on('connect_error', () => {
    house.linkUp = false;
    turnedAway();
  });
  socket.on('snapshot', (message: unknown) => {
    const taken = takeSnapshot(house.house, message);
    if (taken.gap || taken.house === null) return ask();
    inGap = false;
    house.take(taken.house);
  });
  socket.on('patch', (message: unknown) => {
    const taken = takePatch(house.house, message);
    if (taken.gap) return ask();
    if (taken.house !== null) house.take(taken.house);
  });
  socket.on('beat', (message: unknown) => {
    const taken = takeBeat(house.house, message);
    if (taken.gap || inGap) return ask();
    if (taken.heard && taken.now !== null) house.hearBeat(taken.now);
  });

  const onVisible = (): void => {
    if (document.visibilityState !== 'visible') return;
    house.tick();
    if (socket.connected) socket.emit('refresh');
    else socket.connect();
  };
  document.addEventListener('visibilitychange', onVisible);
  const timer = setInterval(house.tick, 1_000);

  return {
    stop() {
      clearInterval(timer);
      clearTimeout(knock);
      document.removeEventListener('visibilitychange', onVisible);
      socket.disconnect();
      house.forget();
    },
  };
};

/** The one live connection of the app: there while somebody is logged in. */
export const createLiveConnection = (): { start: () => void; stop: () => void } => {
  let link: { stop: () => void } | null = null;
  return {
    start() {
      if (link !== null) return;
      const session = useSession();
      link = createLink(useHouse(), () => {
        void session.check();
      });
    },
    stop() {
      link?.stop();
      link = null;
    },
  };
};
