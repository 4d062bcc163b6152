import { CommandRequest, type Control, type EntityView } from '@homeward/hub/api';
import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import EntityControl from '../../src/devices/EntityControl.vue';
import { speak } from '../../src/text/i18n.ts';
import { anEntity } from './houses.ts';
import { mountInApp } from './mount.ts';

const asked: unknown[] = [];

beforeEach(() => {
  asked.length = 0;
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    expect(path).toBe('/api/entities/a1.co/command');
    asked.push(CommandRequest.parse(JSON.parse(String(init.body))));
    return new Response(null, { status: 202 });
  });
});

afterEach(async () => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
  document.body.innerHTML = '';
  await speak('en');
});

const control = (
  is: Control,
  given: Partial<EntityView> = {},
  more: Record<string, unknown> = {},
): VueWrapper =>
  mountInApp(EntityControl, {
    entity: anEntity({ control: is, ...given }),
    name: 'It',
    noSwitching: false,
    sirenNeeded: false,
    ...more,
  });
const press = async (wrapper: VueWrapper, words: string): Promise<void> => {
  const button = wrapper.findAll('button').find((one) => one.text() === words);
  if (button === undefined) throw new Error(`no button "${words}"`);
  await button.trigger('click');
  await flushPromises();
};
const words = (wrapper: VueWrapper): readonly string[] => wrapper.findAll('button').map((one) => one.text());

const LIGHT: Control = {
  is: 'light',
  brightness: true,
  colorTempK: { min: 2_000, max: 6_500 },
  color: true,
  effects: ['blink'],
};
const COVER: Control = { is: 'cover', moves: true, stops: true, position: true, tilt: true };
const VALVE: Control = { is: 'valve', moves: true, stops: true, position: true, tilt: false };

describe('a press', () => {
  it.each([
    [{ is: 'switch' }, 'Turn on', { on: true }],
    [{ is: 'switch' }, 'Turn off', { on: false }],
    [{ is: 'siren', tones: [] }, 'Sound it', { on: true }],
    [{ is: 'siren', tones: [] }, 'Stop it', { on: false }],
    [LIGHT, 'Turn on', { on: true }],
    [LIGHT, 'Blue', { on: true, hue: 235, saturation: 100 }],
    [LIGHT, 'White', { on: true, hue: 0, saturation: 0 }],
    [{ is: 'lock', opens: true }, 'Lock', { do: 'lock' }],
    [COVER, 'Open', { do: 'open' }],
    [COVER, 'Stop', { do: 'stop' }],
    [COVER, 'Close', { do: 'close' }],
    [{ is: 'button' }, 'Press', { do: 'press' }],
  ] as const)('on %o "%s" asks %o', async (is, button, command) => {
    await press(control(is as Control), button);
    expect(asked).toEqual([command]);
  });

  it('sounds a siren in the chosen way', async () => {
    const siren = control({ is: 'siren', tones: ['fire', 'bell'] });
    await siren.get('select').setValue('bell');
    await press(siren, 'Sound it');
    expect(asked).toEqual([{ on: true, tone: 'bell' }]);
  });

  it('chooses an effect', async () => {
    await control(LIGHT).get('select').setValue('blink');
    await flushPromises();
    expect(asked).toEqual([{ on: true, effect: 'blink' }]);
  });
});

describe('what is not offered', () => {
  it('a lock is never opened from here, and it is said where', () => {
    const lock = control({ is: 'lock', opens: true });
    expect(words(lock)).toEqual(['Lock']);
    expect(lock.text()).toContain('A lock is opened at its door, with a face and a PIN.');
  });

  it('an update only when there is one and it is not on its way', async () => {
    expect(words(control({ is: 'update' }, { value: false }))).toEqual([]);
    expect(words(control({ is: 'update' }, { value: true, attributes: { inProgress: true } }))).toEqual([]);
    await press(control({ is: 'update' }, { value: true }), 'Install it');
    expect(asked).toEqual([{ do: 'install' }]);
  });

  it('with gas in the air nothing but to shut a valve', async () => {
    for (const is of [{ is: 'switch' }, LIGHT, COVER, { is: 'button' }] as const)
      expect([is, words(control(is as Control, {}, { noSwitching: true }))]).toEqual([is, []]);
    const valve = control(VALVE, {}, { noSwitching: true });
    expect(words(valve)).toEqual(['Close']);
    expect(valve.find('input[type=range]').exists()).toBe(false);
    await press(valve, 'Close');
    expect(asked).toEqual([{ do: 'close' }]);
  });

  it('nothing that the light cannot do', () => {
    const plain = control({ is: 'light', brightness: false, colorTempK: null, color: false, effects: [] });
    expect(plain.findAll('input, select')).toHaveLength(0);
    expect(words(plain)).toEqual(['Turn on', 'Turn off']);
  });
});

describe('a slider', () => {
  const brightness = () => control(LIGHT, { attributes: { brightness: 40 } }).get('input[type=range]');
  const drag = async (slider: ReturnType<typeof brightness>, to: number): Promise<void> => {
    (slider.element as HTMLInputElement).value = String(to);
    await slider.trigger('input');
  };

  it('asks once, when it is let go of', async () => {
    const slider = brightness();
    await slider.trigger('pointerdown');
    for (const to of [50, 60, 70]) await drag(slider, to);
    expect(asked).toEqual([]);
    await slider.trigger('change');
    await flushPromises();
    expect(asked).toEqual([{ on: true, brightness: 70 }]);
  });

  it('asks once for several keys, a moment after the last', async () => {
    vi.useFakeTimers();
    const slider = brightness();
    for (const to of [41, 42, 43]) {
      await drag(slider, to);
      await slider.trigger('change');
      await vi.advanceTimersByTimeAsync(300);
    }
    expect(asked).toEqual([]);
    await vi.advanceTimersByTimeAsync(600);
    expect(asked).toEqual([{ on: true, brightness: 43 }]);
  });

  it('says what it stands for', () => {
    const warmth = control(LIGHT, { attributes: { colorTempK: 2_700 } }).findAll('input[type=range]')[1];
    expect(warmth?.attributes('aria-valuetext')).toBe('2,700\u00a0K · warm');
  });

  it('shows what is again when nothing came of it', async () => {
    const wrapper = control(LIGHT, { attributes: { brightness: 40 } });
    const slider = wrapper.get<HTMLInputElement>('input[type=range]');
    await slider.trigger('pointerdown');
    await drag(slider, 90);
    await slider.trigger('change');
    expect(slider.element.value).toBe('90');
    await wrapper.setProps({
      entity: anEntity({ control: LIGHT, attributes: { brightness: 40 }, command: 'timedOut' }),
    });
    expect(slider.element.value).toBe('40');
    expect(wrapper.text()).toContain('It has not answered. Check its power.');
  });
});

describe('a value that is set', () => {
  const NUMBER: Control = { is: 'number', min: -5, max: 30, step: 0.5 };

  it.each([
    ['21.5', { set: 21.5 }],
    ['21,5', { set: 21.5 }],
    ['-5', { set: -5 }],
    ['30.1', null],
    ['1e1', null],
    ['warm', null],
    ['', null],
  ])('the number "%s"', async (text, command) => {
    const wrapper = control(NUMBER, { value: 20, unit: '°C' });
    await wrapper.get('input').setValue(text);
    await wrapper.get('form').trigger('submit');
    await flushPromises();
    expect(asked).toEqual(command === null ? [] : [command]);
    expect(wrapper.find('.miss').exists()).toBe(command === null);
  });

  it('a choice, only when asked to', async () => {
    const wrapper = control({ is: 'select', options: ['a', 'b'] }, { value: 'a' });
    await wrapper.get('select').setValue('b');
    expect(asked).toEqual([]);
    await wrapper.get('form').trigger('submit');
    await flushPromises();
    expect(asked).toEqual([{ set: 'b' }]);
  });

  it('a text of the length that it takes; a secret is never shown', async () => {
    const is: Control = { is: 'text', min: 2, max: 4, pattern: '(a+)+$', secret: true };
    const wrapper = control(is, { value: 'hush' });
    const field = wrapper.get<HTMLInputElement>('input');
    expect([field.element.value, field.element.type, field.attributes('pattern')]).toEqual([
      '',
      'password',
      undefined,
    ]);
    await field.setValue('a');
    await wrapper.get('form').trigger('submit');
    expect(asked).toEqual([]);
    await field.setValue('abc');
    await wrapper.get('form').trigger('submit');
    await flushPromises();
    expect(asked).toEqual([{ set: 'abc' }]);
  });
});

it.each([
  ['pending', 'Asked. Waiting for its answer.'],
  ['confirmed', 'It says that it is done.'],
  ['assumed', 'Sent. This one never answers: look or listen.'],
] as const)('a command that is %s is said so', (command, said) => {
  expect(control({ is: 'switch' }, { command }).get('[role=status]').text()).toBe(said);
});
