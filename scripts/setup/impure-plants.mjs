// Lines that no core file may hold, each refused by pure-core.grit or by the restricted globals in biome.json.

export const impure = [
  'Date.now()',
  'new Date()',
  'Date()',
  'Math.random()',
  'crypto.randomUUID()',
  'crypto.getRandomValues(new Uint8Array(1))',
  'setTimeout(() => {}, 1)',
  'setInterval(() => {}, 1)',
  'setImmediate(() => {})',
  'performance.now()',
  'process.pid',
  'process.env.HOME',
  'globalThis.setTimeout',
  'fetch("/")',
  '[1].map(Math.random)',
  '((later) => later(() => {}, 1))(setTimeout)',
];

/** What the core may do with time: count with what it was given. */
export const pure = ['new Date(0).getUTCDay()', 'Date.UTC(2026, 0, 1)', 'Math.max(1, 2)'];

/** Network outside web/src/hub. */
export const talking = [
  'fetch("/api/house")',
  'new WebSocket("/live")',
  'new EventSource("/live")',
  'new XMLHttpRequest()',
];

export const asLine = (expression) => `export const planted = ${expression};\n`;
