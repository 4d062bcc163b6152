import type { Locator, Page } from 'playwright-core';

/** What the takeover says, as a person reads it. */
export type TakeoverWords = {
  /** What is dangerous, and where. */
  readonly word: string;
  readonly where: string;
  /** "1 Wake everyone. Go outside." and so on, in order. */
  readonly steps: readonly string[];
  readonly why: string;
  /** Since when: the line below the value. */
  readonly since: string;
  /** All that can be pressed, switched or followed in it, by its words. */
  readonly controls: readonly string[];
  readonly text: string;
};

/** Text without what only a machine sees: marks of direction, and blanks that do not break. */
const plain = (text: string): string =>
  text
    .replaceAll(/[\u2066-\u2069]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();

/** Everything that is seen of those elements, one text each. */
const seen = async (of: Locator): Promise<readonly string[]> => (await of.allInnerTexts()).map(plain);
const seenOf = async (of: Locator): Promise<string> => (await seen(of)).join(' ');

/** @throws when no alarm takes the screen within `patienceMs` */
export async function readTakeover(page: Page, patienceMs: number): Promise<TakeoverWords> {
  const panel = page.getByRole('alertdialog');
  await panel.waitFor({ timeout: patienceMs });
  return {
    word: await seenOf(panel.locator('#alarm-word')),
    where: await seenOf(panel.locator('#alarm-where')),
    steps: await seen(panel.locator('#alarm-steps > li')),
    why: await seenOf(panel.locator('[data-part=why]')),
    since: await seenOf(panel.locator('.a-val .t2')),
    controls: await seen(
      panel.locator('a, button, input, select, [role=switch], [role=checkbox], [role=slider]'),
    ),
    text: await seenOf(panel),
  };
}

/** The words of one part of a page, the last one in the document: pages that were left stay in it. */
export const readPart = (page: Page, name: string): Promise<string> =>
  seenOf(page.locator(`[data-part=${name}]`).last());

/** Clock time of that moment, as the household reads it. */
export const clockText = (at: number): string =>
  new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' }).format(at);
