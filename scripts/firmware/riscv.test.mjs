import { expect, it } from 'vitest';
import { measureRiscv } from './riscv.mjs';

const KB = 1024;

it('the core of each board fits into 16 kB of code and 8 kB of memory of an ESP32-C3', async () => {
  const { boards, wholeBytes } = await measureRiscv();
  const told = Object.entries(boards).map(
    ([node, { codeBytes, ramBytes }]) => `${node} ${codeBytes} B code, ${ramBytes} B memory`,
  );
  console.log(`Core for RV32IMC at -Os: ${told.join('; ')}. All of it together: ${wholeBytes} B code.`);
  for (const [node, { codeBytes, ramBytes }] of Object.entries(boards)) {
    expect(codeBytes, node).toBeLessThanOrEqual(16 * KB);
    expect(ramBytes, node).toBeLessThanOrEqual(8 * KB);
    // A linker that was told of no beginning leaves everything out, and nothing would be small too.
    expect(codeBytes, node).toBeGreaterThan(8 * KB);
    expect(ramBytes, node).toBeGreaterThan(2 * KB);
  }
  expect(Object.keys(boards)).toHaveLength(3);
});
