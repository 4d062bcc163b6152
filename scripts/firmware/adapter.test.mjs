import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { inRoot } from '../setup/folder.mjs';
import { adapterSources, checkAdapter, checkSketch } from './adapter.mjs';

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
