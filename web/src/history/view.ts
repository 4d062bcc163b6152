import { away } from './calendar.ts';

/** How much a chart shows at once. */
export type Span = 'day' | 'week' | 'month' | 'year';
export const SPANS: readonly Span[] = ['day', 'week', 'month', 'year'];

/** Epoch ms; from is included, to is not. */
export type Stretch = { readonly from: number; readonly to: number };

/** What a person looks at. `end` null: up to now, and it moves on. `zoom`: a part of it. */
export type View = { readonly span: Span; readonly end: number | null; readonly zoom: Stretch | null };

export const FIRST_VIEW: View = { span: 'day', end: null, zoom: null };

/** Closer than this there is nothing more to see: boards speak every few seconds. */
const CLOSEST_MS = 10 * 60_000;
/** The moving edge of a chart goes on in so many jumps a span: about a pixel each. */
const JUMPS = 600;
const ROUGH_MS: Readonly<Record<Span, number>> = {
  day: 86_400_000,
  week: 7 * 86_400_000,
  month: 30 * 86_400_000,
  year: 365 * 86_400_000,
};

const moveBy = (at: number, span: Span, n: number): number =>
  span === 'week' ? away(at, 'day', 7 * n) : away(at, span, n);

const lengthOf = ({ from, to }: Stretch): number => to - from;

/** The whole span: it ends now, or where a person went. */
const wholeOf = ({ span, end }: View, now: number): Stretch => {
  const jump = ROUGH_MS[span] / JUMPS;
  const to = end ?? Math.ceil(now / jump) * jump;
  return { from: moveBy(to, span, -1), to };
};

/** What is on the screen. */
export const stretchOf = (view: View, now: number): Stretch => view.zoom ?? wholeOf(view, now);

/** Whether the chart goes on as time does. */
export const isFollowing = ({ end, zoom }: View): boolean => end === null && zoom === null;

export const withSpan = (span: Span): View => ({ span, end: null, zoom: null });

export const earlier = (view: View, now: number): View => {
  const { from, to } = stretchOf(view, now);
  if (view.zoom !== null) return { ...view, zoom: { from: from - (to - from), to: from } };
  return { ...view, end: from };
};

/** Null: there is nothing later than now. */
export const later = (view: View, now: number): View | null => {
  if (isFollowing(view)) return null;
  const { from, to } = stretchOf(view, now);
  if (to >= now) return null;
  if (view.zoom !== null) return { ...view, zoom: { from: to, to: to + (to - from) } };
  const end = moveBy(to, view.span, 1);
  return { ...view, end: end >= now ? null : end };
};

/** A part of what is on the screen, never less than can be told apart. */
export const zoomTo = (view: View, part: Stretch): View => {
  const middle = (part.from + part.to) / 2;
  const half = Math.max(lengthOf(part), CLOSEST_MS) / 2;
  return { ...view, zoom: { from: Math.round(middle - half), to: Math.round(middle + half) } };
};

/** Half as much, around a moment. Null: closer is not possible. */
export const closer = (view: View, now: number, around: number | null): View | null => {
  const shown = stretchOf(view, now);
  const length = lengthOf(shown);
  if (length <= CLOSEST_MS) return null;
  const middle = around ?? (shown.from + shown.to) / 2;
  const from = Math.min(Math.max(middle - length / 4, shown.from), shown.to - length / 2);
  return zoomTo(view, { from, to: from + length / 2 });
};

/** Twice as much; the whole again when that is more. Null: it is the whole. */
export const wider = (view: View, now: number): View | null => {
  if (view.zoom === null) return null;
  const whole = wholeOf(view, now);
  const length = 2 * lengthOf(view.zoom);
  if (length >= lengthOf(whole)) return { ...view, zoom: null };
  const middle = (view.zoom.from + view.zoom.to) / 2;
  return zoomTo(view, { from: middle - length / 2, to: middle + length / 2 });
};
