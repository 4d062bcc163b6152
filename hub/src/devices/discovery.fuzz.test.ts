import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type AnyMessage, anyAnnouncement, anyTemplate } from '../../test/anyAnnouncement.ts';
import { anyCommand, anyState } from '../../test/anyState.ts';
import { expectAnswered, expectBounded, expectReadable } from '../../test/wrongsOf.ts';
import { readDiscovery } from './discovery.ts';
import type { EntityConfig } from './entity.ts';
import { Component } from './schema.ts';
import { compileTemplate } from './templates/template.ts';
import { TemplateFault } from './templates/templateBudget.ts';

/** Fixed, so that a failure is the same one at every run. */
const SEED = 20_261_103;

/** Announcements; each entity of them hears and is asked as often as these say. */
const ANNOUNCEMENTS = 25_000;
const STATES = 95_000;
const COMMANDS = 20_000;

const BEFORE = Object.getOwnPropertyNames(Object.prototype).sort().join();

function expectCleanPrototypes(): void {
  expect(Object.getOwnPropertyNames(Object.prototype).sort().join()).toBe(BEFORE);
  expect(Object.keys({}).length + Object.keys([]).length).toBe(0);
}

/** Entities of each platform, from so many hostile announcements. */
const SAMPLE = 8_000;
const taken = new Map<Component, EntityConfig[]>();

beforeAll(() => {
  for (const { topic, payload } of fc.sample(anyAnnouncement, { numRuns: SAMPLE, seed: SEED })) {
    const found = readDiscovery(topic, payload);
    for (const { config, fault } of found.kind === 'announced' ? found.entities : []) {
      if (fault === null) taken.set(config.component, [...(taken.get(config.component) ?? []), config]);
    }
  }
}, 60_000);

/** How many entities the message announces. */
function taking({ topic, payload }: AnyMessage): number {
  const found = readDiscovery(topic, payload);
  if (found.kind === 'withdrawn') return 0;
  if (found.kind !== 'announced') {
    if (found.reason.length > 400) throw new Error('a long reason');
    return 0;
  }
  expectBounded(found);
  return found.entities.length;
}

const anyEntity = fc
  .tuple(fc.constantFrom(...Component.options), fc.nat())
  .map(([component, at]): EntityConfig => {
    const kept = taken.get(component) ?? [];
    return kept[at % kept.length] as EntityConfig;
  });

describe('140,000 hostile messages: nothing throws, nothing is polluted, nothing grows', () => {
  it('of those that announce, every platform is taken in and used', { timeout: 120_000 }, () => {
    let count = 0;
    fc.assert(
      fc.property(anyAnnouncement, (message) => {
        count += taking(message);
      }),
      { numRuns: ANNOUNCEMENTS, seed: SEED },
    );
    expect(count).toBeGreaterThan(ANNOUNCEMENTS / 10);
    for (const component of Component.options) {
      expect(taken.get(component)?.length ?? 0, component).toBeGreaterThan(10);
    }
    expectCleanPrototypes();
  });

  it('of those that tell, each is read as something bounded or dropped', { timeout: 120_000 }, () => {
    fc.assert(fc.property(anyEntity, anyState, fc.boolean(), expectReadable), {
      numRuns: STATES,
      seed: SEED,
    });
    expectCleanPrototypes();
  });

  it('and of commands, each is refused or goes to the announced topics', { timeout: 120_000 }, () => {
    fc.assert(fc.property(anyEntity, anyCommand, expectAnswered), { numRuns: COMMANDS, seed: SEED });
    expectCleanPrototypes();
  });
});

describe('templates', () => {
  it('survive 10,000 hostile sources: they refuse, fault or answer a bounded text', {
    timeout: 60_000,
  }, () => {
    const input = { value: 'x'.repeat(1_000), value_json: { a: 'y'.repeat(60_000), b: [1, [2]] } };
    let compiled = 0;
    const sources = fc.oneof(
      anyTemplate,
      anyTemplate.map((inner) => `{{ ${inner.replace(/\{\{|\}\}|\{%|%\}/g, '')} }}`),
    );
    fc.assert(
      fc.property(sources, (source) => {
        const template = compileTemplate(source);
        if (!template.ok) return template.reason.startsWith('unsupported-template: ');
        compiled += 1;
        try {
          return template.value.render(input).length <= 65_536;
        } catch (error) {
          return error instanceof TemplateFault;
        }
      }),
      { numRuns: 10_000, seed: SEED },
    );
    expect(compiled).toBeGreaterThan(200);
    expectCleanPrototypes();
  });
});
