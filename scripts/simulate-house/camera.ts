import { type Chance, normal } from './chance.ts';
import { type House, isOpen } from './house.ts';
import { encodeJpeg } from './jpeg.ts';

const WIDTH = 160;
const HEIGHT = 120;

/** A rectangle of one grey, in pixels. */
type Patch = {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  readonly grey: number;
};

/** What the camera over the front door sees now, as a JPEG of a few kilobytes: made up, nobody's face. */
export function cameraFrame(house: House, chance: Chance): Buffer {
  const grey = new Uint8Array(WIDTH * HEIGHT);
  const light = daylight(house.timeS);
  const patches = scene(house);
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) {
      const lit = greyAt(patches, x, y) * light + 3 * normal(chance);
      grey[y * WIDTH + x] = Math.min(255, Math.max(0, lit));
    }
  }
  return encodeJpeg({ width: WIDTH, height: HEIGHT, grey });
}

/** How bright it is outside, 0.25 (street lamp) to 1 (noon). */
function daylight(timeS: number): number {
  const hour = (timeS / 3_600) % 24;
  return Math.max(0.25, Math.sin(((hour - 6.5) / 12) * Math.PI));
}

/** Sky and path, a hedge, the open door's leaf, and whoever passes through it. The last patch lies on top. */
function scene(house: House): readonly Patch[] {
  const passing = isOpen(house, 'front-door');
  const cloudX = (house.timeS / 20) % (WIDTH + 60);
  const person: readonly Patch[] = [
    { x: 70, y: 40, w: 22, h: 60, grey: 60 },
    { x: 74, y: 24, w: 14, h: 16, grey: 150 },
    { x: 0, y: 0, w: 18, h: HEIGHT, grey: 110 },
  ];
  return [
    { x: 0, y: 0, w: WIDTH, h: 50, grey: 215 },
    { x: cloudX - 60, y: 10, w: 60, h: 12, grey: 240 },
    { x: 0, y: 50, w: WIDTH, h: 70, grey: 130 },
    { x: 0, y: 44, w: 55, h: 22, grey: 75 },
    { x: 110, y: 40, w: 50, h: 26, grey: 80 },
    { x: 60, y: 60, w: 44, h: 60, grey: 170 },
    ...(passing ? person : []),
  ];
}

function greyAt(patches: readonly Patch[], x: number, y: number): number {
  return patches.findLast((p) => x >= p.x && x < p.x + p.w && y >= p.y && y < p.y + p.h)?.grey ?? 0;
}
