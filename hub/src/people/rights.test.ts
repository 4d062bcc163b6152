import { expect, test } from 'vitest';
import { explain, isControl, mayDo, RIGHTS, rightsOf, rightTable } from './rights.ts';
import { Right, Role } from './schema.ts';

const rolesWith = (right: Right) => Role.options.filter((role) => mayDo(role, right));

test('an owner may do everything', () => {
  expect(rightsOf('owner')).toEqual([...Right.options]);
});

test('a panel has keys, and nothing else', () => {
  expect(rightsOf('panel')).toEqual(['own.session']);
});

test('a guest has an account and a PIN, sees how the house is and what alarms there are, and nothing else', () => {
  expect(rightsOf('guest')).toEqual([
    'own.session',
    'own.entry',
    'own.name',
    'own.passkeys',
    'own.pin',
    'own.consent',
    'house.see',
    'alarms.see',
  ]);
});

test('an installer sets devices up and sees no faces, no journal, no past and nobody', () => {
  const mayNot = ['cameras.see', 'journal.see', 'alarms.past', 'history.see', 'presence.see', 'people.see'];
  for (const right of mayNot) expect([right, mayDo('installer', right)]).toEqual([right, false]);
  for (const right of ['devices.pair', 'devices.change', 'air.calibrate']) {
    expect([right, mayDo('installer', right)]).toEqual([right, true]);
  }
});

test('a child looks on and changes nothing', () => {
  const changes = rightsOf('child').filter((right) => !right.endsWith('.see'));
  expect(changes).toEqual(['own.session', 'own.entry', 'own.name', 'own.passkeys', 'own.pin', 'own.consent']);
});

test.each([
  'alarms.shelve',
  'air.limits',
  'devices.flash',
  'devices.remove',
  'responses.change',
  'history.change',
  'people.oversee',
  'people.manage',
  'journal.see',
  'journal.export',
] as const)('%s is the owner’s alone', (right) => {
  expect(rolesWith(right)).toEqual(['owner']);
});

test('what nobody knows is nobody’s', () => {
  for (const right of ['', 'house', 'house.burn', 'constructor', '__proto__']) {
    for (const role of Role.options) expect([role, right, mayDo(role, right)]).toEqual([role, right, false]);
  }
  for (const role of ['', 'Owner', 'toString', '__proto__']) {
    for (const right of Right.options) expect([role, mayDo(role, right)]).toEqual([role, false]);
  }
});

test('who may not is told who may', () => {
  expect(explain('guest', 'devices.pair')).toBe(
    'Only an owner or an installer may pair devices. You are here as a guest.',
  );
  expect(explain('__proto__', 'nothing.known')).toBe(
    'Only an owner may do that. You are here as nobody that this house knows.',
  );
  for (const right of Right.options) expect(RIGHTS[right].does).toMatch(/^[a-z][^.]+$/);
});

test('these and no others need the password given lately', () => {
  expect(Right.options.filter(isControl)).toEqual([
    'own.name',
    'own.passkeys',
    'history.export',
    'journal.export',
    'passes.manage',
    'people.manage',
  ]);
  expect(isControl('constructor')).toBe(false);
});

test('the table that people read is the one that is asked', () => {
  const table = rightTable();
  expect(table.map(({ right }) => right).sort()).toEqual([...Right.options].sort());
  for (const { right, ...row } of table)
    expect([right, row]).toEqual([right, { roles: rolesWith(right), isControl: isControl(right) }]);
});
