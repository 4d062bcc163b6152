// Wrong imports, one or more for each rule of .dependency-cruiser.cjs, and right ones that no rule may mind.
// `N` in a path or text becomes a number of its own, so that the plants do not meet.

const THING = 'export const thing = 1;\n';
const DOMAIN_THING = { 'hub/src/otherN/thing.ts': THING };
const IO_THING = { 'hub/src/io/plantN.ts': THING };
const HOUSE_THING = { 'hub/src/house/plantN.ts': THING };
const take = (from) => `import { thing } from '${from}';\nexport const taken = thing;\n`;
const takeType = (from) => `import type { thing } from '${from}';\nexport type Taken = typeof thing;\n`;
const vue = (text) => `<script setup lang="ts">\n${text}</script>\n<template><p /></template>\n`;
const API_VALUE = "import { ROUTES } from '@homeward/hub/api';\nconst routes = ROUTES;\n";
const API_TYPE = "import type { Route } from '@homeward/hub/api';\nconst route: Route | null = null;\n";

/** rules: all that must fire for the file `from`. to: where only imports of that one file count. beside: files it needs. */
export const wrong = [
  plant('no-cycles', 'hub/src/plantN/thing.ts', take('./more.ts'), {
    'hub/src/plantN/more.ts': take('./thing.ts'),
  }),
  plant('resolvable', 'hub/src/plantN/thing.ts', take('./nowhere.ts')),
  plant('no-tests-in-production', 'hub/src/plantN/thing.ts', take('./thing.test.ts'), {
    'hub/src/plantN/thing.test.ts': THING,
  }),
  plant('shared-is-a-leaf', 'hub/src/shared/plantN.ts', take('../io/plantN.ts'), IO_THING),
  plant('shared-is-a-leaf', 'hub/src/shared/plantN.ts', "import 'node:fs';\n"),
  plant(
    'domains-do-not-know-each-other',
    'hub/src/plantN/thing.ts',
    take('../otherN/thing.ts'),
    DOMAIN_THING,
  ),
  plant(
    'domains-do-not-know-each-other',
    'hub/src/plantN/thing.ts',
    takeType('../otherN/thing.ts'),
    DOMAIN_THING,
  ),
  plant(
    'domain-sees-only-the-facts-of-the-house',
    'hub/src/plantN/thing.ts',
    take('../house/plantN.ts'),
    HOUSE_THING,
  ),
  plant('core-is-pure', 'hub/src/plantN/thing.ts', "import 'node:fs';\n"),
  plant('core-is-pure', 'hub/src/plantN/thing.ts', "import 'fs';\n"),
  plant('core-is-pure', 'hub/src/plantN/deep/thing.ts', "import 'node:crypto';\n"),
  plant('core-is-pure', 'hub/src/house/plantN.ts', "import 'node:os';\n"),
  plant('core-is-pure door-of-mqtt', 'hub/src/house/plantN.ts', "import 'mqtt';\n"),
  plant('core-does-not-reach-io', 'hub/src/plantN/thing.ts', take('../io/plantN.ts'), IO_THING),
  plant('core-does-not-reach-io', 'hub/src/plantN/thing.ts', take('./more.ts'), {
    'hub/src/plantN/more.ts': take('./store.ts'),
    'hub/src/plantN/store.ts': THING,
  }),
  plant('core-does-not-reach-io', 'hub/src/house/plantN.ts', take('../io/plantN.ts'), IO_THING),
  plant('io-knows-no-domain', 'hub/src/io/plantN.ts', take('../otherN/thing.ts'), DOMAIN_THING),
  plant('io-knows-no-domain', 'hub/src/io/plantN.ts', takeType('../house/plantN.ts'), HOUSE_THING),
  plant('only-main-wires', 'hub/src/plantN/store.ts', "import '../main.ts';\n"),
  plant('only-main-wires', 'hub/src/plantN/routes.ts', "import '../config.ts';\n"),
  {
    ...plant('api-is-browser-safe', 'hub/src/api.ts', "import './otherN/thing.ts';\n", DOMAIN_THING),
    to: 'hub/src/otherN/thing.ts',
  },
  {
    ...plant('api-is-browser-safe', 'hub/src/api.ts', "import './otherN/schema.ts';\n", {
      'hub/src/otherN/schema.ts': "import 'node:tls';\n",
    }),
    to: 'tls',
  },
  plant(
    'web-uses-only-the-api',
    'web/src/plantN/page.ts',
    takeType('../../../hub/src/otherN/thing.ts'),
    DOMAIN_THING,
  ),
  plant(
    'web-uses-only-the-api',
    'web/src/hub/PageN.vue',
    vue(take('../../../hub/src/otherN/thing.ts')),
    DOMAIN_THING,
  ),
  plant('web-knows-no-node', 'web/src/hub/plantN.ts', "import 'node:fs';\n"),
  plant('only-web-hub-talks', 'web/src/plantN/page.ts', `${API_VALUE}export { routes };\n`),
  plant('only-web-hub-talks', 'web/src/plantN/Page.vue', vue(API_VALUE)),
  plant('only-web-hub-has-sockets', 'web/src/plantN/Page.vue', vue("import 'socket.io-client';\n")),
  plant('every-package-has-a-door', 'hub/src/plantN/store.ts', "import 'a-package-without-a-door';\n"),
];

/** A wrong import for each door: a shell file that is nobody's door. */
export const wrongDoor = (name) => plant(`door-of-${name}`, 'hub/src/plantN/claim.ts', `import '${name}';\n`);

export const right = [
  plant('', 'hub/src/plantN/thing.ts', `import 'zod';\n${takeType('../house/facts.ts')}`),
  plant('', 'hub/src/plantN/thing.ts', take('../otherN/schema.ts'), { 'hub/src/otherN/schema.ts': THING }),
  plant('', 'hub/src/plantN/thing.test.ts', `import 'node:fs';\n${take('../otherN/thing.ts')}`, DOMAIN_THING),
  plant(
    '',
    'hub/src/plantN/store.ts',
    `import 'node:fs';\nimport 'better-sqlite3';\n${take('../io/plantN.ts')}`,
    IO_THING,
  ),
  plant('', 'hub/src/plantN/routes.ts', "import 'express';\n"),
  plant('', 'hub/src/house/plantN.ts', take('../otherN/thing.ts'), DOMAIN_THING),
  plant('', 'hub/src/io/mqttPlantN.ts', "import 'node:net';\nimport 'mqtt';\nimport '../shared/time.ts';\n"),
  plant(
    '',
    'hub/src/composeN.ts',
    `import './main.ts';\nimport './config.ts';\n${take('./otherN/store.ts')}`,
    {
      'hub/src/otherN/store.ts': THING,
    },
  ),
  plant('', 'web/src/plantN/Page.vue', vue(API_TYPE)),
  plant('', 'web/src/hub/plantN.ts', `import 'socket.io-client';\n${API_VALUE}export { routes };\n`),
];

/** A shell may touch the outside, whatever its name is of those listed. */
export const rightShell = (folder, name) =>
  plant('', `hub/src/${folder}/${name.replace('*', 'plantN')}.ts`, "import 'node:fs';\n");

function plant(rules, from, text, beside = {}) {
  return { rules: rules.split(' ').filter(Boolean), from, text, beside };
}
