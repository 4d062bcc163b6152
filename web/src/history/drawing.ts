import uPlot from 'uplot';
import type { Inks } from './inks.ts';
import type { HistoryLimit } from './limits.ts';
import type { Picture } from './picture.ts';

const WIDTH = { check: 1.75, warning: 2, alarm: 3 } as const;
const ORDER = { check: 0, warning: 1, alarm: 2 } as const;
/** Words of two limits that are closer than this would cover each other. CSS px */
const TEXT_APART_PX = 16;
const DOT_PX = 5;
/** The line under what was off: off is not the same as not known. CSS px */
const OFF_PX = 2;
const BAR_EDGE_PX = 1.5;
const MARK_PX = 1.5;

const setFont = (plot: uPlot, inks: Inks, weight: number): void => {
  plot.ctx.font = `${weight} ${inks.fontPx * uPlot.pxRatio}px ${inks.family}`;
};

/** Fills what lies between the curve and a limit where the curve is beyond it. */
const fillBeyond = (plot: uPlot, { curve }: Picture, limit: HistoryLimit, tint: string): void => {
  const { ctx, bbox } = plot;
  const edge = plot.valToPos(limit.value, 'y', true);
  ctx.save();
  ctx.beginPath();
  if (limit.side === 'over') ctx.rect(bbox.left, bbox.top, bbox.width, edge - bbox.top);
  else ctx.rect(bbox.left, edge, bbox.width, bbox.top + bbox.height - edge);
  ctx.clip();
  ctx.fillStyle = tint;
  for (let place = 1; place < curve.x.length; place += 1) {
    const before = curve.avg[place - 1] ?? null;
    const here = curve.avg[place] ?? null;
    if (before === null || here === null) continue;
    const x0 = plot.valToPos(curve.x[place - 1] ?? 0, 'x', true);
    const x1 = plot.valToPos(curve.x[place] ?? 0, 'x', true);
    ctx.beginPath();
    ctx.moveTo(x0, edge);
    ctx.lineTo(x0, plot.valToPos(before, 'y', true));
    ctx.lineTo(x1, plot.valToPos(here, 'y', true));
    ctx.lineTo(x1, edge);
    ctx.fill();
  }
  ctx.restore();
};

/** A limit: its line, its word at the begin, its figure at the end. Without text: a worse one stands too close. */
const drawLimit = (
  plot: uPlot,
  picture: Picture,
  limit: HistoryLimit,
  inks: Inks,
  withText: boolean,
): void => {
  const { ctx, bbox } = plot;
  const y = Math.round(plot.valToPos(limit.value, 'y', true));
  const { line, text } = inks.level[limit.level];
  const px = uPlot.pxRatio;
  ctx.save();
  ctx.strokeStyle = line;
  ctx.lineWidth = WIDTH[limit.level] * px;
  if (limit.level === 'check') ctx.setLineDash([14 * px, 6 * px]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  if (!withText) return ctx.restore();
  ctx.fillStyle = text;
  setFont(plot, inks, 700);
  ctx.textAlign = 'left';
  ctx.textBaseline = 'bottom';
  ctx.fillText(picture.words[limit.level], bbox.left + 6 * px, y - 4 * px);
  ctx.textBaseline = 'middle';
  ctx.fillText(figureText(limit.value, picture.digits), bbox.left + bbox.width + 8 * px, y);
  ctx.restore();
};

/** The tints lie under the grid's curve, so they come first. */
export const drawTints = (plot: uPlot, picture: Picture, inks: Inks): void => {
  for (const limit of picture.limits.toSorted((a, b) => ORDER[a.level] - ORDER[b.level]))
    fillBeyond(plot, picture, limit, inks.level[limit.level].tint);
};

export const drawLimits = (plot: uPlot, picture: Picture, inks: Inks): void => {
  const told: number[] = [];
  for (const limit of picture.limits.toSorted((a, b) => ORDER[b.level] - ORDER[a.level])) {
    const y = plot.valToPos(limit.value, 'y');
    const isFree = told.every((other) => Math.abs(other - y) >= TEXT_APART_PX);
    if (isFree) told.push(y);
    drawLimit(plot, picture, limit, inks, isFree);
  }
};

/** A line through each moment that stands out, its word beside it, on the side where there is room. */
export const drawMarks = (plot: uPlot, { marks = [], shown }: Picture, inks: Inks): void => {
  const { ctx, bbox } = plot;
  const px = uPlot.pxRatio;
  ctx.save();
  setFont(plot, inks, 700);
  ctx.strokeStyle = inks.ink;
  ctx.fillStyle = inks.ink;
  ctx.lineWidth = MARK_PX * px;
  ctx.setLineDash([3 * px, 3 * px]);
  ctx.textBaseline = 'top';
  let below = 0;
  for (const { at, label } of marks) {
    if (at < shown.from || at > shown.to) continue;
    const x = Math.round(plot.valToPos(at, 'x', true));
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    const gap = 5 * px;
    const fits = x + gap + ctx.measureText(label).width <= bbox.left + bbox.width;
    ctx.textAlign = fits ? 'left' : 'right';
    ctx.fillText(label, fits ? x + gap : x - gap, bbox.top + 2 * px + below);
    // the next word may stand close to this one
    below += inks.fontPx * 1.2 * px;
  }
  ctx.restore();
};

/** The newest value. */
export const drawLast = (plot: uPlot, { last, shown }: Picture, inks: Inks): void => {
  if (last === null || last.at < shown.from || last.at > shown.to) return;
  const { ctx } = plot;
  ctx.save();
  ctx.fillStyle = inks.ink;
  ctx.beginPath();
  const x = plot.valToPos(last.at, 'x', true);
  ctx.arc(x, plot.valToPos(last.value, 'y', true), DOT_PX * uPlot.pxRatio, 0, 2 * Math.PI);
  ctx.fill();
  ctx.restore();
};

/** On and off as bars: as high as the share of the time in which it was on. */
export const drawOn = (plot: uPlot, picture: Picture, inks: Inks): void => {
  const { ctx, bbox } = plot;
  const px = uPlot.pxRatio;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height + OFF_PX * px);
  ctx.clip();
  const foot = plot.valToPos(0, 'y', true);
  for (const { from, to, share } of picture.on ?? []) {
    const x = plot.valToPos(from, 'x', true);
    const width = Math.max(plot.valToPos(to, 'x', true) - x, px);
    const height = foot - plot.valToPos(share, 'y', true);
    ctx.fillStyle = inks.ink2;
    ctx.fillRect(x, foot - (OFF_PX * px) / 2, width, OFF_PX * px);
    if (share === 0) continue;
    ctx.fillStyle = picture.lamp ? inks.lamp : inks.ink2;
    ctx.fillRect(x, foot - height, width, height);
    if (!picture.lamp) continue;
    ctx.fillStyle = inks.lampEdge;
    ctx.fillRect(x, foot - height, width, BAR_EDGE_PX * px);
  }
  ctx.restore();
};

const figures = new Map<number, Intl.NumberFormat>();

/** A figure of the axis, in Latin digits. */
export const figureText = (value: number, digits: number): string => {
  const format = figures.get(digits) ?? new Intl.NumberFormat('en', { maximumFractionDigits: digits });
  figures.set(digits, format);
  return format.format(value);
};
