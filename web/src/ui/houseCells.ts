/** How a room stands in the drawing. */
export type Cell = 'empty' | 'blind' | 'danger';

export type DrawnCell = {
  readonly state: Cell;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Path of the "!". */
  readonly mark: string;
  /** Path of the hatching lines. */
  readonly hatch: string;
};

/** The inside of the drawn house, in its own units. */
const INSIDE = { x: 20, y: 52, width: 110, height: 68, gap: 4 };
/** More rooms than this on a floor cannot be told apart at 112 px. */
const MOST_ON_A_FLOOR = 4;
const MOST_FLOORS = 3;
/** Worse first: rooms that do not fit are folded into the last cell, which then shows the worst of them. */
const RANK: Readonly<Record<Cell, number>> = { danger: 2, blind: 1, empty: 0 };

const worst = (cells: readonly Cell[]): Cell =>
  cells.reduce<Cell>((bad, cell) => (RANK[cell] > RANK[bad] ? cell : bad), 'empty');

const fold = (cells: readonly Cell[]): readonly Cell[] => {
  const most = MOST_ON_A_FLOOR * MOST_FLOORS;
  return cells.length <= most ? cells : [...cells.slice(0, most - 1), worst(cells.slice(most - 1))];
};

/** Three to a floor, as the drawn house below has them; four when it would need a fourth floor. */
const floorsOf = (cells: readonly Cell[]): readonly (readonly Cell[])[] => {
  const perFloor = cells.length <= 3 * MOST_FLOORS ? 3 : MOST_ON_A_FLOOR;
  const floors: Cell[][] = [];
  for (let first = 0; first < cells.length; first += perFloor)
    floors.push(cells.slice(first, first + perFloor));
  return floors.length === 0 ? [['empty']] : floors;
};

const hatchOf = (x: number, y: number, width: number, height: number): string => {
  const lines: string[] = [];
  for (let start = 8; start < width + height; start += 8) {
    const fromX = x + Math.max(0, start - height);
    const fromY = y + Math.min(height, start);
    const toX = x + Math.min(width, start);
    const toY = y + Math.max(0, start - width);
    lines.push(`M${fromX} ${fromY}L${toX} ${toY}`);
  }
  return lines.join('');
};

const round = (size: number): number => Math.round(size * 100) / 100;

/** The "!" is 22 high where there is room for it. */
const markOf = (midX: number, midY: number, height: number): string => {
  const k = Math.min(1, height / 30);
  const at = (dx: number, dy: number): string => `${round(midX + dx * k)} ${round(midY + dy * k)}`;
  const r = round(2.8 * k);
  const bar = `M${at(-2.6, -11)}L${at(2.6, -11)}L${at(1.7, 2)}L${at(-1.7, 2)}Z`;
  return `${bar}M${at(-2.8, 7)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
};

/** Where every room stands in the drawing, floor by floor from the top. */
export const drawCells = (cells: readonly Cell[]): readonly DrawnCell[] => {
  const floors = floorsOf(fold(cells));
  const height = round((INSIDE.height - INSIDE.gap * (floors.length - 1)) / floors.length);
  return floors.flatMap((floor, level) => {
    const width = round((INSIDE.width - INSIDE.gap * (floor.length - 1)) / floor.length);
    const y = round(INSIDE.y + level * (height + INSIDE.gap));
    return floor.map((state, place) => {
      const x = round(INSIDE.x + place * (width + INSIDE.gap));
      return {
        state,
        x,
        y,
        width,
        height,
        mark: markOf(x + width / 2, y + height / 2, height),
        hatch: hatchOf(x, y, width, height),
      };
    });
  });
};
