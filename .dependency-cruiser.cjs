// Who may know whom. `npm run boundaries` checks it; `scripts/prove-boundaries.mjs` plants one wrong import per rule
// and expects each to be caught, so a rule that stopped working is noticed. A new rule needs a plant there.

/** Every folder of hub/src is a domain, but for these three. One capture group: the domain's name. */
const DOMAIN = '^hub/src/((?!house/|io/|shared/)[^/]+)/';

/** A test may reach for anything of its neighbours; it is not shipped. */
const TEST = '\\.test\\.ts$';

/**
 * The files of a domain or of the house that touch the outside: disk, network, threads, chance. All others are its
 * core. biome.json lists the same names (pure core); the proof fails when the two differ.
 */
const shells = require('./scripts/setup/shells.json');
const alternatives = (names) => names.map((name) => name.replace('*', '\\w*')).join('|');
const SHELLS = [
  `^hub/src/(?!house/|io/|shared/).+/(${alternatives(shells.domain)})\\.ts$`,
  `^hub/src/house/(${alternatives(shells.house)})\\.ts$`,
];

const CORE = { path: '^hub/src/(?!io/|shared/)[^/]+/', pathNot: [...SHELLS, TEST] };

/** The composition root. */
const ROOT = '^hub/src/(main|compose\\w*)\\.ts$';

/** One file of io/, or what it was split into: io/http.ts, io/httpStatic.ts, io/http/…. */
const io = (name) => [`^hub/src/io/${name}\\.ts$`, `^hub/src/io/${name}(/|[A-Z])\\w+\\.ts$`];
const ANY_ROUTES = '^hub/src/\\w+/routes\\.ts$';
const ANY_STORE = '^hub/src/\\w+/store\\.ts$';
const VISION = '^hub/src/faces/(vision\\w*|\\w*[wW]orker)\\.ts$';

/** Package → the files that may import it. A package that stands here nowhere may not be imported at all, but for zod. */
const DOORS = {
  mqtt: io('mqtt'),
  aedes: io('broker'),
  'better-sqlite3': [...io('sqlite'), ANY_STORE, '^hub/src/history/\\w*[wW]orker\\.ts$'],
  express: [...io('http'), ANY_ROUTES],
  helmet: io('http'),
  'socket.io': io('live'),
  pino: io('log'),
  'bonjour-service': io('mdns'),
  'node-cron': io('clock'),
  '@peculiar/x509': io('tls'),
  '@peculiar/asn1-x509': io('tls'),
  '@peculiar/asn1-schema': io('tls'),
  'reflect-metadata': io('tls'),
  '@node-rs/argon2': ['^hub/src/people/'],
  '@zxcvbn-ts/language-common': ['^hub/src/people/commonPasswords\\.ts$'],
  '@simplewebauthn/server': ['^hub/src/people/'],
  'onnxruntime-node': [VISION],
  jimp: [VISION],
  sharp: [VISION],
  'web-push': ['^hub/src/notify/'],
  'firebase-admin': ['^hub/src/notify/'],
  nodemailer: ['^hub/src/notify/'],
  suncalc: ['^hub/src/occupancy/sun\\.ts$'],
};

const literal = (text) => text.replace(/[.]/g, '\\$&');
const inPackage = (name) => `(node_modules/${literal(name)}/|^${literal(name)}(/|$))`;

const doors = Object.entries(DOORS).map(([name, path]) => ({
  name: `door-of-${name}`,
  severity: 'error',
  from: { path: '^hub/src/', pathNot: [...path, TEST] },
  to: { path: inPackage(name) },
}));

const PACKAGES = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-bundled', 'npm-no-pkg', 'npm-unknown'];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-tests-in-production',
      severity: 'error',
      from: { path: '^(hub|web)/src/', pathNot: TEST },
      to: { path: [TEST, '^(hub|web)/(test|bench)/', '^scripts/'] },
    },
    {
      name: 'shared-is-a-leaf',
      severity: 'error',
      from: { path: '^hub/src/shared/', pathNot: TEST },
      to: { path: '.', pathNot: ['^hub/src/shared/', inPackage('zod')] },
    },
    {
      name: 'domains-do-not-know-each-other',
      comment: 'What crosses domains stands in house/rules/. Only a schema may be seen.',
      severity: 'error',
      from: { path: DOMAIN, pathNot: TEST },
      to: { path: DOMAIN, pathNot: ['^hub/src/$1/', `${DOMAIN}(\\w+S|s)chema\\.ts$`] },
    },
    {
      name: 'domain-sees-only-the-facts-of-the-house',
      severity: 'error',
      from: { path: DOMAIN, pathNot: TEST },
      to: { path: '^hub/src/house/', pathNot: '^hub/src/house/(facts|outcome|table)\\.ts$' },
    },
    {
      name: 'core-is-pure',
      comment: 'No node: module and no package but zod (and suncalc in occupancy/sun.ts).',
      severity: 'error',
      from: CORE,
      to: { dependencyTypes: ['core', ...PACKAGES], pathNot: [inPackage('zod'), inPackage('suncalc')] },
    },
    {
      name: 'core-does-not-reach-io',
      severity: 'error',
      from: CORE,
      to: { path: ['^hub/src/io/', ...SHELLS, ROOT, '^hub/src/config\\.ts$'], reachable: true },
    },
    {
      name: 'io-knows-no-domain',
      severity: 'error',
      from: { path: '^hub/src/io/', pathNot: TEST },
      to: { path: '^hub/src/', pathNot: '^hub/src/(io|shared)/' },
    },
    {
      name: 'only-main-wires',
      comment:
        'The root and the configuration are seen by the root alone; others get what they need as an argument.',
      severity: 'error',
      // A world for tests is wired by the same hand, so that it cannot drift from the hub.
      from: { pathNot: [ROOT, TEST, '^hub/test/'] },
      to: { path: [ROOT, '^hub/src/config\\.ts$'] },
    },
    {
      name: 'api-is-browser-safe',
      severity: 'error',
      from: { path: '^hub/src/api\\.ts$' },
      to: {
        reachable: true,
        path: '.',
        pathNot: ['^hub/src/[^/]+/(\\w+S|s)chema\\.ts$', '^hub/src/shared/', 'node_modules/zod/'],
      },
    },
    {
      name: 'web-uses-only-the-api',
      severity: 'error',
      from: { path: '^web/', pathNot: TEST },
      to: { path: '^(hub|scripts)/', pathNot: '^hub/src/api\\.ts$' },
    },
    {
      name: 'web-knows-no-node',
      severity: 'error',
      from: { path: '^web/src/', pathNot: TEST },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'only-web-hub-talks',
      comment:
        'Others import types of the api and nothing else of it; what they need at run time comes from web/src/hub.',
      severity: 'error',
      from: { path: '^web/src/(?!hub/)', pathNot: TEST },
      to: { path: '^hub/src/api\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'only-web-hub-has-sockets',
      severity: 'error',
      from: { path: '^web/src/(?!hub/)', pathNot: TEST },
      to: { path: inPackage('socket.io-client') },
    },
    {
      name: 'every-package-has-a-door',
      comment: 'No new package without a door (DOORS above) and a reason in the commit.',
      severity: 'error',
      from: { path: '^hub/src/', pathNot: TEST },
      to: { dependencyTypes: PACKAGES, pathNot: ['zod', ...Object.keys(DOORS)].map(inPackage) },
    },
    ...doors,
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(build|web/dist)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
