import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { Curve } from './curve.ts';
import { lonely } from './curve.ts';
import { drawLast, drawLimits, drawMarks, drawOn, drawTints, figureText } from './drawing.ts';
import { type Inks, readInks } from './inks.ts';
import { type Picture, valueRange } from './picture.ts';
import { dayText, ticksIn } from './ticks.ts';

/** Room between two labels of the axis of time. CSS px */
const LABEL_GAP_PX = 8;
const VALUE_SPACE_PX = 44;
const LIMIT_CLEAR_PX = 14;
const LINE_PX = 2;

export type Plot = {
  readonly draw: (picture: Picture) => void;
  /** Puts the cursor on a value; null: takes it away. */
  readonly look: (place: number | null) => void;
  readonly shade: (from: number, to: number) => void;
  /** The moment under a place of the plotting area, CSS px from its left. */
  readonly momentAt: (left: number) => number;
  readonly placeAt: (left: number) => number;
  readonly resize: (width: number, height: number) => void;
  /** Colours and type changed. */
  readonly repaint: () => void;
  readonly area: HTMLElement;
  readonly destroy: () => void;
};

const columnsOf = ({ x, min, max, avg }: Curve): uPlot.AlignedData => [x, min, max, avg];

const linesOf = (inks: () => Inks, isStates: () => boolean): uPlot.Series[] => {
  const edge: uPlot.Series = { points: { show: false }, width: 0, stroke: 'transparent' };
  return [
    {},
    edge,
    edge,
    {
      stroke: () => (isStates() ? 'transparent' : inks().ink),
      width: LINE_PX,
      points: {
        show: () => !isStates(),
        filter: (plot, place) => lonely(plot.data[place] as (number | null)[]),
        size: 5,
        fill: () => inks().ink,
      },
    },
  ];
};

const axesOf = (picture: () => Picture, inks: () => Inks): uPlot.Axis[] => {
  const font = `${Math.round(inks().fontPx)}px ${inks().family}`;
  const shared: uPlot.Axis = {
    stroke: () => inks().ink2,
    font,
    ticks: { show: false },
    grid: { stroke: () => inks().line, width: 1 },
  };
  const ticks = (plot: uPlot) => {
    const { shown, language } = picture();
    plot.ctx.font = font;
    const labelPx = plot.ctx.measureText(dayText(shown.from, language)).width + LABEL_GAP_PX;
    const most = plot.bbox.width / uPlot.pxRatio / labelPx;
    const room = plot.width - plot.bbox.left / uPlot.pxRatio - labelPx + LABEL_GAP_PX;
    return ticksIn(shown.from, shown.to, most, language).map(({ at, label }) => ({
      at,
      // what would be cut off at the end is left out
      label: plot.valToPos(at, 'x') > room ? '' : label,
    }));
  };
  return [
    {
      ...shared,
      scale: 'x',
      splits: (plot) => ticks(plot).map(({ at }) => at),
      values: (plot) => ticks(plot).map(({ label }) => label),
      size: 2.3 * inks().fontPx,
      gap: picture().on === null ? 4 : 10,
      align: 1,
    },
    {
      ...shared,
      scale: 'y',
      side: 1,
      space: VALUE_SPACE_PX,
      gap: 8,
      size: (_, values) => {
        const longest = Math.max(3, ...(values ?? []).map((value) => String(value ?? '').length));
        return 16 + longest * inks().fontPx * 0.6;
      },
      ...(picture().on === null
        ? {
            values: (_: uPlot, splits: (number | null)[], __: number, ___: number, step: number) =>
              splits.map((value) =>
                value === null ? null : figureText(value, Math.max(0, -Math.floor(Math.log10(step)))),
              ),
            filter: (plot: uPlot, splits: number[]) =>
              splits.map((value) => clearOfLimits(plot, picture(), value)),
          }
        : {
            splits: () => [0, 1],
            values: () => [picture().words.off, picture().words.on],
            grid: { show: false },
          }),
    },
  ];
};

/** A figure beside which a limit stands gives way to it. */
const clearOfLimits = (plot: uPlot, { limits }: Picture, value: number): number | null => {
  const y = plot.valToPos(value, 'y');
  const isClose = limits.some((limit) => Math.abs(plot.valToPos(limit.value, 'y') - y) < LIMIT_CLEAR_PX);
  return isClose ? null : value;
};

/** Draws a picture into an element. Throws when the browser has no canvas. */
export const createPlot = (
  target: HTMLElement,
  first: Picture,
  size: { readonly width: number; readonly height: number },
  onLook: (place: number | null) => void,
): Plot => {
  let picture = first;
  let inks = readInks(target);
  const isStates = (): boolean => picture.on !== null;
  const options: uPlot.Options = {
    ...size,
    ms: 1,
    legend: { show: false },
    cursor: { y: false, points: { show: false }, drag: { x: false, y: false, setScale: false } },
    scales: {
      x: { time: false, range: () => [picture.shown.from, picture.shown.to] },
      y: { range: () => (isStates() ? [0, 1] : valueRange(picture)) },
    },
    series: linesOf(() => inks, isStates),
    bands: [{ series: [2, 1], fill: () => (isStates() ? 'transparent' : inks.band) }],
    axes: axesOf(
      () => picture,
      () => inks,
    ),
    padding: [10, null, null, 0],
    hooks: {
      drawAxes: [(plot) => drawTints(plot, picture, inks)],
      draw: [
        (plot) => {
          drawMarks(plot, picture, inks);
          if (isStates()) return drawOn(plot, picture, inks);
          drawLimits(plot, picture, inks);
          drawLast(plot, picture, inks);
        },
      ],
      setCursor: [(plot) => onLook(plot.cursor.idx ?? null)],
    },
  };
  const plot = new uPlot(options, columnsOf(first.curve), target);
  return {
    area: plot.over,
    draw(next) {
      picture = next;
      plot.setData(columnsOf(next.curve));
    },
    look(place) {
      const at = place === null ? undefined : plot.data[0]?.[place];
      plot.setCursor(
        at === undefined
          ? { left: -10, top: -10 }
          : { left: plot.valToPos(at, 'x'), top: plot.over.clientHeight / 2 },
      );
    },
    shade(from, to) {
      plot.setSelect(
        { left: Math.min(from, to), width: Math.abs(to - from), top: 0, height: plot.over.clientHeight },
        false,
      );
    },
    momentAt: (left) => plot.posToVal(left, 'x'),
    placeAt: (left) => plot.posToIdx(left),
    resize: (width, height) => plot.setSize({ width, height }),
    repaint() {
      inks = readInks(target);
      plot.redraw(false, true);
    },
    destroy: () => plot.destroy(),
  };
};
