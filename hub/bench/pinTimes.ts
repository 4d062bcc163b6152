import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../src/io/sqlite.ts';
import { createPasswords, openPepper } from '../src/people/passwords.ts';
import { createPinStore } from '../src/people/pinStore.ts';
import { createPins, type PinMatch } from '../src/people/pins.ts';
import { createPeopleStore } from '../src/people/store.ts';
import { ROOT } from '../test/repository.ts';

const TYPED = { own: '739164', duress: '460827', wrong: '582930' } as const;

export type PinTimes = { readonly own: number[]; readonly duress: number[]; readonly wrong: number[] };

/** How long it takes to say whose PIN it was, ms: own, duress and wrong ones, each `count` times, in an order of chance. */
export async function measurePins(count: number, say: (line: string) => void): Promise<PinTimes> {
  const folder = mkdtempSync(join(tmpdir(), 'homeward-pins-'));
  const db = openDatabase(join(folder, 'safety.db'), join(ROOT, 'hub', 'migrations'));
  try {
    const anna = { id: 'anna', name: 'Anna', role: 'owner', language: 'en', passwordHash: 'none' } as const;
    createPeopleStore(db).addPerson({ ...anna, createdUtc: 0, untilUtc: null });
    const pins = createPins(createPinStore(db), createPasswords(openPepper(folder, true)));
    await pins.choose('anna', TYPED.own, TYPED.duress, () => {});
    const times: PinTimes = { own: [], duress: [], wrong: [] };
    const kinds = Object.keys(TYPED) as (keyof typeof TYPED)[];
    for (let n = 0; n < count; n++) {
      if (n % 100 === 0) say(`PINs: ${n} of ${count} rounds`);
      for (const kind of shuffled(kinds)) {
        const began = performance.now();
        const match = await pins.match('anna', TYPED[kind]);
        times[kind].push(performance.now() - began);
        const meant: PinMatch = kind === 'wrong' ? null : kind;
        if (match !== meant) throw new Error(`The ${kind} PIN was taken for ${match}.`);
      }
    }
    return times;
  } finally {
    db.close();
    rmSync(folder, { recursive: true });
  }
}

function shuffled<T>(values: readonly T[]): T[] {
  const left = [...values];
  return values.flatMap(() => left.splice(randomInt(left.length), 1));
}
