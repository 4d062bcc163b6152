import type { TrustView } from '@homeward/hub/api';
import { flushPromises } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { scanned } from '../../src/trust/places.ts';
import TrustPage from '../../src/trust/TrustPage.vue';
import { NOW } from './houses.ts';
import { hubAnswers } from './hubAnswers.ts';
import { mountInApp } from './mount.ts';

vi.mock('@ionic/vue', () => ({
  useIonRouter: () => ({ navigate: vi.fn() }),
  IonPage: { template: '<div><slot /></div>' },
  IonContent: { template: '<div><slot /></div>' },
}));

afterEach(() => {
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
});

const PRINT = Array.from({ length: 32 }, (_, n) => (n + 16).toString(16).toUpperCase()).join(':');
const YEAR_MS = 31_536_000_000;

const aTrust = (given: Partial<TrustView> = {}): TrustView => ({
  now: NOW,
  authority: { name: 'Homeward pi', fingerprint: PRINT, fromUtc: NOW - YEAR_MS, untilUtc: NOW + 9 * YEAR_MS },
  certificate: {
    fingerprint: PRINT.replace('10', 'AA'),
    names: ['pi.local'],
    addresses: ['192.168.1.20'],
    fromUtc: NOW - YEAR_MS / 2,
    untilUtc: NOW + YEAR_MS / 2,
  },
  entrances: ['https://192.168.1.20:8443/', 'https://pi.local:8443/'],
  welcome: 'http://192.168.1.20:8080/trust',
  secure: true,
  ...given,
});

const open = async (trust: TrustView) => {
  hubAnswers({ 'GET /api/trust': trust });
  const page = mountInApp(TrustPage);
  await flushPromises();
  return page;
};

describe('what a phone scans', () => {
  it('leads to the page that tells it how, with the fingerprint where nobody is sent it', () => {
    const url = new URL(scanned(aTrust()) ?? '');
    expect(url.origin + url.pathname).toBe('http://192.168.1.20:8080/trust');
    expect(url.search).toBe('');
    expect(url.hash).toBe(`#sha256=${PRINT.replaceAll(':', '')}`);
    expect(url.hash).toMatch(/^#sha256=[0-9A-F]{64}$/);
  });

  it('is nothing when others cannot reach the hub', () => {
    expect(scanned(aTrust({ welcome: null }))).toBeNull();
  });
});

describe('the page of trust', () => {
  it('says by shape and word how one came here', async () => {
    const secure = (await open(aTrust())).get('[data-part=reached]');
    expect(secure.text()).toContain('Encrypted, and this browser trusts the hub');
    expect(secure.find('circle').exists()).toBe(true);
    const here = (await open(aTrust({ secure: false }))).get('[data-part=reached]');
    expect(here.text()).toContain('without encryption');
    expect(here.find('rect').exists()).toBe(true);
  });

  it('shows the code, the addresses, and what to compare before one trusts', async () => {
    const add = (await open(aTrust())).get('[data-part=add]');
    expect(add.get('svg.qr').attributes('aria-label')).toContain('QR code');
    expect(add.get('#entrance').text()).toBe('https://192.168.1.20:8443/');
    expect(add.text()).toContain('https://pi.local:8443/');
    const rows = add.findAll('code span').map((row) => row.text().split(' '));
    expect(rows.map(({ length }) => length)).toEqual([8, 8, 8, 8]);
    expect(rows.flat().join(':')).toBe(PRINT);
    expect(add.findAll('a').map((link) => link.attributes('href'))).toEqual([
      '/ca.crt',
      '/homeward.mobileconfig',
      '/trust',
    ]);
  });

  it('names what the certificate is good for, and for how long', async () => {
    const page = await open(aTrust());
    const certificate = page.get('[data-part=certificate]').text();
    expect(certificate).toContain('pi.local');
    expect(certificate).toContain('192.168.1.20');
    expect(certificate).toContain('until');
    expect(certificate).not.toContain('It has ended');
    expect(page.get('[data-part=authority]').text()).toContain('Homeward pi');
  });

  it('says when it has ended, and when there is none', async () => {
    const { certificate } = aTrust();
    const ended = await open(aTrust({ certificate: certificate && { ...certificate, untilUtc: NOW } }));
    expect(ended.get('[data-part=certificate]').text()).toContain('It has ended');
    const none = await open(aTrust({ certificate: null, authority: null, entrances: [], welcome: null }));
    expect(none.get('[data-part=certificate]').text()).toContain('no certificate to show');
    expect(none.get('[data-part=authority]').text()).toContain('cannot be read');
    expect(none.get('[data-part=add]').text()).toContain('nothing else can reach it');
    expect(none.find('svg.qr').exists()).toBe(false);
  });
});
