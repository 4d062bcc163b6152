import { keepNurserySmall } from './composeMemory.ts';

// Before anything else is loaded: loading alone would have the nursery grow.
keepNurserySmall();
const { run } = await import('./composeStart.ts');
await run();
