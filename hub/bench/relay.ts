import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../test/patience.ts';
import { ROOT } from '../test/repository.ts';
import { type Contestant, sirenTopic, stateFilter } from './contestant.ts';
import { type Program, startProgram } from './program.ts';

const COMPILER = 'gcc';

/** The floor: a C program on libmosquitto, see relay.c. Compiled here. */
export function createRelay(): Contestant {
  const program = compile();
  const running = new Map<string, Program>();
  return {
    name: 'c-relay',
    prepare: async () => {},
    launch(place) {
      const relay = startProgram(program, [String(place.brokerPort), stateFilter(place), sirenTopic(place)]);
      running.set(place.prefix, relay);
      return relay;
    },
    async ready(place) {
      await until('the relay is ready', () => running.get(place.prefix)?.said().includes('ready'));
    },
    isListening: async (place) => running.get(place.prefix)?.said().includes('ready') === true,
    stored: () => null,
    renew: () => {},
    clean: async () => {},
  };
}

/** @throws with the compiler's words, or with the Debian packages that are missing */
function compile(): string {
  const folder = join(ROOT, 'build/bench');
  mkdirSync(folder, { recursive: true });
  const program = join(folder, 'relay');
  const source = join(ROOT, 'hub/bench/relay.c');
  const args = ['-O2', '-Wall', '-Wextra', '-D_GNU_SOURCE', '-o', program, source, '-lmosquitto'];
  const { status, error, stderr } = spawnSync(COMPILER, args, { encoding: 'utf8' });
  if (status === 0) return program;
  const why = error === undefined ? stderr : error.message;
  throw new Error(`The C relay could not be compiled. It needs gcc and libmosquitto-dev.\n${why}`);
}
