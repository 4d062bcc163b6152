// What is mutated, and which tests have to notice: first those which are likely to, then all of the domain.

const tests = (domain, names) => names.map((name) => `hub/src/${domain}/${name}.test.ts`);

const LIMIT_TESTS = tests('air/limits', ['limits', 'mayEdit', 'master', 'ranges']);
const DOSE_TESTS = tests('air', ['dose', 'doseFigures', 'cohb', 'exposure', 'exposures', 'airEdges']);
const MACHINE_TESTS = tests('air', ['air', 'delays', 'stories', 'doubtful', 'unheard']);
const LIFE_TESTS = tests('alarms', [
  'life',
  'times',
  'alarms',
  'storms',
  'simultaneous',
  'lifeEdges',
  'limits',
]);

const LIMITS = [
  'carbonDioxide',
  'carbonMonoxide',
  'climate',
  'explosive',
  'fire',
  'indices',
  'limit',
  'mayEdit',
  'outlook',
  'oxygen',
  'particles',
  'pollutants',
  'radon',
  'table',
  'unverified',
  'water',
];
const REDUCER = [
  'alarmRow',
  'alarms',
  'aside',
  'chatter',
  'due',
  'firstOut',
  'flood',
  'hush',
  'ladder',
  'life',
  'limits',
  'move',
  'schema',
  'trend',
];

const sources = (folder, names, near) =>
  names.map((name) => ({
    file: `hub/src/${folder}/${name}.ts`,
    near,
    all: [`hub/src/${folder.split('/')[0]}/`],
  }));

/** Groups of sources, by the name under which they are asked for. */
export const SCOPES = {
  dose: sources('air', ['dose', 'cohb', 'exposure', 'exposures'], DOSE_TESTS),
  machine: sources('air', ['limitMachine', 'judged'], [...MACHINE_TESTS, ...LIMIT_TESTS]),
  alarms: sources('alarms', REDUCER, LIFE_TESTS),
  limits: sources('air/limits', LIMITS, LIMIT_TESTS),
};
