import { expect } from 'vitest';
import { type Message, wireText } from './golden.ts';

/** A value whose numbers may be off by what rounding in other scales costs: 0.03, or 2 %. */
export function closeTo(value: unknown): unknown {
  if (typeof value === 'number') return near(value);
  if (Array.isArray(value)) return value.map(closeTo);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, closeTo(inner)]));
}

function near(value: number): unknown {
  const tolerance = Math.abs(value) < 1 ? 0.03 : Math.max(0.01, Math.abs(value) * 0.02);
  return expect.toSatisfy(
    (other: unknown) => typeof other === 'number' && Math.abs(other - value) <= tolerance,
    `near ${value}`,
  );
}

/** These messages in any order: JSON is compared as JSON, its numbers nearly. */
export const likeMessages = (messages: readonly Message[]): unknown =>
  expect.toSatisfy(
    (sent: unknown) =>
      Array.isArray(sent) &&
      sent.length === messages.length &&
      messages.every((message) => sent.some((each) => isLike(each, message))),
    `like ${JSON.stringify(messages)}`,
  );

/** Whether what came is the message that was expected. */
export function isLike(
  sent: { readonly topic: string; readonly payload: string },
  message: Message,
): boolean {
  if (sent.topic !== message.topic) return false;
  if (sent.payload === wireText(message)) return true;
  const [came, wanted] = [jsonOf(sent.payload), jsonOf(wireText(message))];
  return typeof wanted === 'object' && wanted !== null && isNear(came, wanted);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Whether it is the value that was expected, but for what rounding costs. */
export function isNear(came: unknown, wanted: unknown): boolean {
  try {
    expect(came).toEqual(closeTo(wanted));
    return true;
  } catch {
    return false;
  }
}
