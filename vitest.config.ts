import { configDefaults, defineConfig } from 'vitest/config';

/** One part of the tests. The timeouts are for a small computer with a slow card. */
const part = (name: string, include: string[], timeoutS: number, exclude: string[] = []) => ({
  test: {
    name,
    include,
    exclude: [...configDefaults.exclude, ...exclude],
    testTimeout: timeoutS * 1_000,
    hookTimeout: timeoutS * 1_000,
  },
});

/** Parts that start programs and measure time go one file after the other. */
const oneByOne = (name: string, include: string[], timeoutS: number) => {
  const { test } = part(name, include, timeoutS);
  return { test: { ...test, fileParallelism: false } };
};

const HUB_PARTS = [
  'hub/test/boards/**',
  'hub/test/brokers/**',
  'hub/test/homes/**',
  'hub/test/faults/**',
  'hub/test/hostile/**',
  'hub/test/campaign/**',
];

export default defineConfig({
  test: {
    projects: [
      part('unit', ['hub/src/**/*.test.ts', 'hub/bench/**/*.test.ts', 'scripts/**/*.test.{ts,mjs}'], 10, [
        'scripts/firmware/**',
      ]),
      oneByOne('firmware', ['scripts/firmware/**/*.test.mjs'], 300),
      part('stories', ['hub/test/**/*.test.ts'], 30, HUB_PARTS),
      oneByOne('boards', ['hub/test/boards/**/*.test.ts'], 120),
      oneByOne('brokers', ['hub/test/brokers/**/*.test.ts'], 60),
      oneByOne('homes', ['hub/test/homes/**/*.test.ts'], 120),
      oneByOne('faults', ['hub/test/faults/**/*.test.ts'], 120),
      oneByOne('hostile', ['hub/test/hostile/**/*.test.ts'], 120),
      { extends: './web/vitest.config.ts', test: { name: 'web', root: './web' } },
      oneByOne('e2e', ['web/test/e2e/**/*.test.ts'], 180),
    ],
  },
});
