import { FlashFailure, type FlashJob, type FlashPorts } from '@homeward/hub/api';
import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import FlashPage from '../../src/flashing/FlashPage.vue';
import { ar } from '../../src/text/ar.ts';
import { en } from '../../src/text/en.ts';
import { speak } from '../../src/text/i18n.ts';
import { hubAnswers } from './hubAnswers.ts';
import { mountInApp } from './mount.ts';

const navigate = vi.fn();
vi.mock('@ionic/vue', () => ({
  useIonRouter: () => ({ navigate }),
  IonPage: { template: '<div><slot /></div>' },
  IonContent: { template: '<div><slot /></div>' },
}));

const aPorts = (given: Partial<FlashPorts> = {}): FlashPorts => ({
  version: '1.5.1',
  failure: null,
  detail: null,
  nodes: ['air', 'motion'],
  images: [],
  ports: [{ address: '/dev/ttyUSB0', label: 'Serial Port (USB)' }],
  ...given,
});
const aJob = (given: Partial<FlashJob> = {}): FlashJob => ({
  node: 'air',
  port: '/dev/ttyUSB0',
  name: 'Kitchen air',
  stage: 'compile',
  state: 'running',
  share: null,
  failure: null,
  detail: null,
  networks: [],
  deviceId: null,
  ...given,
});

let page: VueWrapper;
const open = async (): Promise<VueWrapper> => {
  page = mountInApp(FlashPage);
  await flushPromises();
  await flushPromises();
  return page;
};
const part = (name: string): string =>
  page
    .get(`[data-part=${name}]`)
    .text()
    .replace(/[\u2066-\u2069]/g, '');
const button = (start: string) => {
  const found = page.findAll('button').find((one) => one.text().startsWith(start));
  if (found === undefined) throw new Error(`no button ${start}`);
  return found;
};
const show = (job: FlashJob | null, ports = aPorts()) =>
  hubAnswers({ 'GET /api/flashing/ports': ports, 'GET /api/flashing': { job } });

afterEach(async () => {
  page?.unmount();
  vi.unstubAllGlobals();
  navigate.mockClear();
  document.body.innerHTML = '';
  await speak('en');
});

describe('the wizard for a board by cable', () => {
  it('asks for board, place, name and Wi-Fi, and sends them once', async () => {
    const calls = hubAnswers({
      'GET /api/flashing/ports': aPorts(),
      'GET /api/flashing': { job: null },
      'POST /api/flashing': () => ({ status: 201, body: aJob() }),
    });
    await open();
    await page.get('input[value=motion]').setValue(true);
    await button('Set it up').trigger('submit');
    await flushPromises();
    expect(part('flash-form')).toContain(en.flash.nameMissing);
    expect(part('flash-form')).toContain(en.flash.ssidMissing);
    expect(document.activeElement).toBe(page.get('.field.wrong input').element);
    const [name, ssid, password] = page.findAll('.field input');
    await name?.setValue(' Hall ');
    await ssid?.setValue('Home');
    await password?.setValue('short');
    expect(part('flash-form')).toContain(en.flash.passwordWrong);
    await password?.setValue('long enough');
    expect(password?.attributes('type')).toBe('password');
    await page.get('form').trigger('submit');
    await flushPromises();
    expect(calls.filter(({ call }) => call === 'POST /api/flashing').map(({ body }) => body)).toEqual([
      { node: 'motion', port: '/dev/ttyUSB0', name: 'Hall', wifi: { ssid: 'Home', password: 'long enough' } },
    ]);
  });

  it('says when nothing is plugged in, and looks again', async () => {
    const calls = show(null, aPorts({ ports: [] }));
    await open();
    expect(part('flash-none')).toContain('Nothing is plugged into the hub.');
    await button('Look again').trigger('click');
    await flushPromises();
    expect(calls.filter(({ call }) => call === 'GET /api/flashing/ports')).toHaveLength(2);
  });

  it.each([
    ['tool-missing', null, true],
    ['tool-old', '1.2.2', true],
    ['tool-config', 'no folder', false],
  ] as const)('says what to do without a usable arduino-cli: %s', async (failure, detail, installs) => {
    show(null, aPorts({ version: null, failure, detail, ports: [] }));
    await open();
    expect(part('flash-trouble')).toContain(en.flash.fail[failure].next);
    expect(page.find('#install-tool').exists()).toBe(installs);
    if (detail !== null) expect(part('flash-trouble')).toContain(detail);
  });

  it('says that no program of a board is there', async () => {
    show(null, aPorts({ nodes: [] }));
    await open();
    expect(part('flash-trouble')).toContain(en.flash.fail['node-missing'].why);
  });

  it('shows the steps, where it is, and how much is written', async () => {
    show(aJob({ stage: 'upload', share: 0.425 }));
    await open();
    const current = page.get('[aria-current=step]');
    expect(current.text()).toContain(en.flash.stage.upload);
    expect(page.get('[role=progressbar]').attributes('aria-valuenow')).toBe('42');
    expect(page.findAll('ol.st li.done')).toHaveLength(2);
    expect(page.get('[data-part=flash-steps] [role=status]').text()).toBe(en.flash.stage.upload);
  });

  it('asks for another Wi-Fi, with what the board sees', async () => {
    const calls = hubAnswers({
      'GET /api/flashing/ports': aPorts(),
      'GET /api/flashing': {
        job: aJob({ stage: 'join', state: 'wifi-asked', networks: ['Home', 'Next door'] }),
      },
      'POST /api/flashing/wifi': aJob({ stage: 'join' }),
    });
    await open();
    expect(part('flash-wifi')).toContain('Next door');
    await page.findAll('.field input')[1]?.setValue('the right one');
    await page.get('form').trigger('submit');
    await flushPromises();
    expect(calls.find(({ call }) => call === 'POST /api/flashing/wifi')?.body).toEqual({
      ssid: 'Home',
      password: 'the right one',
    });
  });

  it.each(FlashFailure.options)(
    'says why it failed and what to do, in both languages: %s',
    async (failure) => {
      show(aJob({ state: 'failed', failure, detail: 'words of a program' }));
      await open();
      expect(part('flash-job')).toContain(en.flash.failed);
      expect(part('flash-job')).toContain(en.flash.fail[failure].why);
      expect(part('flash-job')).toContain('words of a program');
      await speak('ar');
      await flushPromises();
      expect(part('flash-job')).toContain(ar.flash.fail[failure].next);
    },
  );

  it('leads to the new board when it has spoken', async () => {
    show(aJob({ stage: 'first-word', state: 'done', deviceId: 'kitchen-air-48213' }));
    await open();
    expect(part('flash-job')).toContain('Kitchen air has spoken.');
    await button('Choose its room').trigger('click');
    expect(navigate).toHaveBeenCalledWith('/devices/kitchen-air-48213', 'root', 'push');
  });

  it('is stopped, and begins anew', async () => {
    let job: FlashJob | null = aJob();
    const calls = hubAnswers({
      'GET /api/flashing/ports': aPorts(),
      'GET /api/flashing': () => ({ body: { job } }),
      'DELETE /api/flashing': () => {
        job = job?.state === 'running' ? aJob({ state: 'stopped' }) : null;
        return { status: 204 };
      },
    });
    await open();
    await button('Stop').trigger('click');
    await flushPromises();
    await flushPromises();
    expect(part('flash-job')).toContain(en.flash.stopped);
    await button('Set up a board').trigger('click');
    await flushPromises();
    await flushPromises();
    expect(page.find('[data-part=flash-form]').exists()).toBe(true);
    expect(calls.filter(({ call }) => call === 'DELETE /api/flashing')).toHaveLength(2);
  });

  it('offers the images that were built, and loads no foreign script', async () => {
    show(null, aPorts({ images: ['air'] }));
    await open();
    const links = page.findAll('[data-part=flash-images] a').map((link) => link.attributes('href'));
    expect(links).toEqual(['/api/flashing/images/air/image', '/api/flashing/images/air/manifest']);
    expect(page.find('script').exists()).toBe(false);
  });
});
