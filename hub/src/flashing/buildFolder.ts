import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FlashNode, type ImageManifest } from './schema.ts';

/** How ESP Web Tools calls a chip, by what the compiler calls it. Others it cannot flash. */
const CHIPS: Readonly<Record<string, string>> = {
  esp32: 'ESP32',
  esp32s2: 'ESP32-S2',
  esp32s3: 'ESP32-S3',
  esp32c3: 'ESP32-C3',
  esp32c6: 'ESP32-C6',
  esp32h2: 'ESP32-H2',
};

/** How long a new board may take until it answers over Improv, s. ESP Web Tools waits 10 by itself. */
const IMPROV_WAIT_S = 30;

export type BuildFolder = {
  /** The boards whose program is here. */
  nodes(): FlashNode[];
  /** Those of which a merged image was built. */
  images(): FlashNode[];
  sketchOf(node: FlashNode): string;
  /** Where it is built; the folder is made. */
  outputOf(node: FlashNode): string;
  /** Writes beside what was built for which chip it is. */
  note(node: FlashNode, chip: string | null): void;
  /** Null: no image was built, or for a chip that ESP Web Tools does not know. */
  manifestOf(node: FlashNode): ImageManifest | null;
  /** @throws when there is none */
  imageOf(node: FlashNode): Promise<Uint8Array>;
};

/** What is compiled from, and what came of it: nothing in it is secret, an identity goes over the wire alone. */
export function createBuildFolder(firmware: string, built: string, version: string): BuildFolder {
  const sketchOf = (node: FlashNode) => join(firmware, `${node}_node`);
  const folderOf = (node: FlashNode) => join(built, node);
  const imageFile = (node: FlashNode) => join(folderOf(node), `${node}_node.ino.merged.bin`);
  const chipFile = (node: FlashNode) => join(folderOf(node), 'chip');

  function chipOf(node: FlashNode): string | undefined {
    const noted = existsSync(chipFile(node)) ? readFileSync(chipFile(node), 'utf8').trim() : '';
    return existsSync(imageFile(node)) ? CHIPS[noted] : undefined;
  }

  return {
    nodes: () => FlashNode.options.filter((node) => existsSync(join(sketchOf(node), 'sketch.yaml'))),
    images: () => FlashNode.options.filter((node) => chipOf(node) !== undefined),
    sketchOf,
    outputOf(node) {
      mkdirSync(folderOf(node), { recursive: true });
      return folderOf(node);
    },
    note(node, chip) {
      mkdirSync(folderOf(node), { recursive: true });
      writeFileSync(chipFile(node), chip ?? '');
    },
    manifestOf(node) {
      const chipFamily = chipOf(node);
      if (chipFamily === undefined) return null;
      return {
        name: `Homeward ${node}`,
        version,
        new_install_prompt_erase: true,
        new_install_improv_wait_time: IMPROV_WAIT_S,
        // Beside the manifest. A merged image begins at the beginning of the flash.
        builds: [{ chipFamily, parts: [{ path: 'image', offset: 0 }] }],
      };
    },
    imageOf: (node) => readFile(imageFile(node)),
  };
}
