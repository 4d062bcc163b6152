import { HealthCheck, HealthState } from '@homeward/hub/api';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import HealthPage from '../../src/air/HealthPage.vue';
import { findingPhrase, todoPhrase } from '../../src/air/health.ts';
import { useHouse } from '../../src/hub/house.ts';
import { i18n, speak } from '../../src/text/i18n.ts';
import { aFinding, aHealth } from './airs.ts';
import { aDevice, aHouse, anEntity, NOW } from './houses.ts';
import { mountInApp } from './mount.ts';

vi.mock('@ionic/vue', () => ({
  useIonRouter: () => ({ navigate: vi.fn() }),
  IonPage: { template: '<div><slot /></div>' },
  IonContent: { template: '<div><slot /></div>' },
}));

const states = HealthState.options.filter((state) => state !== 'ok');
const everyFinding = HealthCheck.options.flatMap((check) =>
  states.flatMap((state) =>
    [null, 7, -85].map((detail) => ({ check, state, detail, until: check === 'warm-up' ? NOW + 1 : null })),
  ),
);

describe('the words for what is wrong with a sensor', () => {
  beforeAll(async () => {
    await speak('ar');
    await speak('en');
  });

  it.each(everyFinding)('$check, $state, $detail has words in both languages', (one) => {
    const { key } = findingPhrase(one.check, aFinding(one), NOW);
    const todo = todoPhrase(one.check).key;
    const { te } = i18n.global as unknown as { te: (key: string, language: string) => boolean };
    for (const language of ['en', 'ar'])
      expect([key, te(key, language), te(todo, language)]).toEqual([key, true, true]);
  });
});

const open = async () => {
  const battery = aFinding({ detail: 12 });
  const devices = [
    aDevice({ id: 'fine', name: 'Fine' }, [anEntity({ id: 'fine.co', health: aHealth() })]),
    aDevice({ id: 'low', name: 'Contact' }, [
      anEntity({
        id: 'low.w',
        quantity: 'window',
        safety: false,
        health: aHealth({ state: 'suspect', findings: { battery } }),
      }),
    ]),
    aDevice({ id: 'gone', name: 'Attic' }, [
      anEntity({
        id: 'gone.co',
        health: aHealth({
          state: 'lost',
          findings: {
            silent: aFinding({ state: 'lost', priority: 2 }),
            signal: aFinding({ detail: -85, priority: 4 }),
          },
        }),
      }),
    ]),
    aDevice({ id: 'odd', name: 'Odd' }, [anEntity({ id: 'odd.t', quantity: 'temperature', safety: false })]),
  ];
  const page = mountInApp(HealthPage);
  useHouse().take(aHouse({ devices }));
  useHouse().linkUp = true;
  await nextTick();
  return page;
};

describe('the health of the sensors', () => {
  afterEach(async () => {
    document.body.innerHTML = '';
    await speak('en');
  });

  it('stands worst first; what is not watched over is left out', async () => {
    const page = await open();
    const ids = page.findAll('[data-entity]').map((row) => row.attributes('data-entity'));
    expect(ids).toEqual(['gone.co', 'low.w', 'fine.co']);
    expect(page.findAll('[data-group=needs] [data-entity]')).toHaveLength(2);
  });

  it('says what is wrong, since when and what to do', async () => {
    const page = await open();
    const gone = page.get('[data-entity="gone.co"]');
    expect(gone.text()).toContain('It is silent. Check its power and the home network.');
    expect(gone.text()).toContain('Its radio is weak: −85 dBm.');
    expect(gone.findAll('[data-check]').map((row) => row.attributes('data-check'))).toEqual([
      'silent',
      'signal',
    ]);
    expect(page.get('[data-entity="low.w"]').text()).toContain(
      'Its battery is low: 12 %. Change its battery.',
    );
    expect(page.get('[data-group=well]').text()).toContain('Well');
  });
});
