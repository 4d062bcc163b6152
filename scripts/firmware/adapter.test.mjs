import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { inRoot } from '../setup/folder.mjs';
import { adapterSources, checkAdapter, checkSketch, sketches } from './adapter.mjs';

const textOf = (path) => readFileSync(inRoot(path), 'utf8');

it('the adapter for ESP32 compiles without a warning against headers of our own', async () => {
  expect(adapterSources().length).toBeGreaterThanOrEqual(12);
  await checkAdapter();
});

it('whoever calls the chip wrongly is found', async () => {
  const folder = inRoot('build/firmware');
  mkdirSync(folder, { recursive: true });
  const wrong = join(folder, 'wrong.ino');
  writeFileSync(wrong, '#include <driver/gpio.h>\nvoid setup() { gpio_set_level("4", 1); }\n');
  await expect(checkSketch(wrong)).rejects.toThrow('gpio_num_t');
});

it.each(sketches)('%s compiles without a warning, and is wiring only', async (sketch) => {
  await checkSketch(sketch);
  expect(textOf(sketch).split('\n').length).toBeLessThanOrEqual(120);
});

it.each(sketches)('beside %s stand a pinned platform, our libraries and nobody else’s', (sketch) => {
  const yaml = textOf(join(dirname(sketch), 'sketch.yaml'));
  expect(yaml).toMatch(/^profiles:\n {2}esp32:\n/);
  expect(yaml).toMatch(/- platform: esp32:esp32 \(\d+\.\d+\.\d+\)\n/);
  const libraries = [...yaml.matchAll(/- dir: (.+)/g)].map(([, folder]) => join(dirname(sketch), folder));
  expect(libraries).toEqual(['firmware/libraries/HomewardCore', 'firmware/libraries/HomewardEsp32']);
  for (const library of libraries)
    expect(textOf(join(library, 'library.properties'))).toContain('name=Homeward');
  expect(yaml.match(/^ {6}- /gm)).toHaveLength(3);
});

it.each(sketches)('the flash of %s has room for two images that do not overlap', (sketch) => {
  const rows = textOf(join(dirname(sketch), 'partitions.csv'))
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(',').map((cell) => cell.trim()));
  let end = 0x9000;
  for (const [name, type, , offset, size] of rows) {
    expect(Number(offset), name).toBeGreaterThanOrEqual(end);
    // The chip maps programs in pages of 64 kB.
    expect(Number(offset) % (type === 'app' ? 0x10000 : 0x1000), name).toBe(0);
    end = Number(offset) + Number(size);
  }
  expect(end).toBeLessThanOrEqual(4 * 1024 * 1024);
  const images = rows.filter(([, type]) => type === 'app').map(([, , kind, , size]) => [kind, Number(size)]);
  // What the ESP32 core lets an image have under `PartitionScheme=min_spiffs`.
  expect(images).toEqual([
    ['ota_0', 1_966_080],
    ['ota_1', 1_966_080],
  ]);
});
