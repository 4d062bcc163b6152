import { expect, it } from 'vitest';
import { measureRiscv } from './riscv.mjs';

const KB = 1024;

it('the core fits into 16 kB of code and, with one of each node, into 8 kB of memory of an ESP32-C3', async () => {
  const { codeBytes, ramBytes, nodes } = await measureRiscv();
  const each = Object.entries(nodes).map(([name, bytes]) => `${name} ${bytes}`);
  console.log(`Core for RV32IMC at -Os: ${codeBytes} B code, ${ramBytes} B memory (${each.join(', ')}).`);
  expect(codeBytes).toBeLessThanOrEqual(16 * KB);
  expect(ramBytes).toBeLessThanOrEqual(8 * KB);
  // A compiler that was handed nothing, or a list of sections that was not understood, would be small too.
  expect(codeBytes).toBeGreaterThan(4 * KB);
  expect(each).not.toEqual([]);
});
