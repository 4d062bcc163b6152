import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { createStage } from '../faults/stage.ts';
import { OXYGEN, SIREN, startBoard } from '../testBoard.ts';
import { type GivenIdentity, SerialBoard, type SerialBoardOptions } from './serialBoard.ts';
import { createToolFolder, type ToolPlan } from './toolFolder.ts';

export const WIFI = { ssid: 'MyWirelessAP', password: 'a-wifi-password-of-glass' } as const;

/** Sketches as the hub finds them, with nothing in them: nothing here compiles them. */
export function createSketches() {
  const folder = mkdtempSync(join(tmpdir(), 'homeward-sketches-'));
  for (const node of ['air', 'motion']) {
    mkdirSync(join(folder, `${node}_node`));
    for (const file of [`${node}_node.ino`, 'sketch.yaml'])
      writeFileSync(join(folder, `${node}_node`, file), '');
  }
  return {
    folder,
    async remove(): Promise<void> {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A board at a serial port that announces itself at the broker once it is in the Wi-Fi, and a tool that finds it. */
export async function plugIn(
  stage: ReturnType<typeof createStage>,
  plan: ToolPlan = {},
  options: Partial<SerialBoardOptions> = {},
) {
  const joined = (identity: GivenIdentity) =>
    void startBoard({
      url: `${identity.tls ? 'mqtts' : 'mqtt'}://${identity.host}:${identity.port}`,
      id: identity.username,
      password: identity.password,
      ...(identity.ca === null ? {} : { ca: identity.ca }),
      parts: { oxygen: OXYGEN, siren: SIREN },
    }).then((board) => stage.keep(board));
  const board = stage.keep(await SerialBoard.plugIn({ wifi: WIFI, joined, ...options }));
  const tool = stage.keep(createToolFolder({ ports: [board.port], ...plan }));
  const sketches = stage.keep(createSketches());
  const env = { PATH: tool.path, HOME: tool.folder, HOMEWARD_FIRMWARE: sketches.folder };
  return { board, tool, sketches, env };
}
