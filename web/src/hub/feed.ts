import { HouseBeat, HousePatch, HouseSnapshot } from './contract.ts';
import { mergePatch } from './mergePatch.ts';

/** What a message from the socket did. `gap`: something was missed or cannot be read, so ask for the snapshot again. */
export type Taken = { readonly house: HouseSnapshot | null; readonly heard: boolean; readonly gap: boolean };

export const takeSnapshot = (house: HouseSnapshot | null, message: unknown): Taken => {
  const parsed = HouseSnapshot.safeParse(message);
  return parsed.success
    ? { house: parsed.data, heard: true, gap: false }
    : { house, heard: false, gap: true };
};

export const takePatch = (house: HouseSnapshot | null, message: unknown): Taken => {
  const patch = HousePatch.safeParse(message);
  if (!patch.success || house === null) return { house, heard: false, gap: true };
  const { seq, now, change } = patch.data;
  if (seq <= house.seq) return { house, heard: true, gap: false };
  if (seq !== house.seq + 1) return { house, heard: false, gap: true };
  const merged = HouseSnapshot.safeParse(mergePatch(house, { ...change, seq, now }));
  return merged.success
    ? { house: merged.data, heard: true, gap: false }
    : { house, heard: false, gap: true };
};

export const takeBeat = (
  house: HouseSnapshot | null,
  message: unknown,
): Taken & { readonly now: number | null } => {
  const beat = HouseBeat.safeParse(message);
  if (!beat.success || house === null) return { house, heard: false, gap: house === null, now: null };
  const missed = beat.data.seq !== undefined && beat.data.seq > house.seq;
  return { house, heard: !missed, gap: missed, now: beat.data.now };
};
