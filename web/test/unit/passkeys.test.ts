import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useSession } from '../../src/hub/session.ts';
import LoginPage from '../../src/people/LoginPage.vue';
import PasskeyCard from '../../src/people/PasskeyCard.vue';
import { bytesOf, makePasskey, passkeyHindrance, textOf } from '../../src/people/passkey.ts';
import { NOW } from './houses.ts';
import { hubAnswers } from './hubAnswers.ts';
import { aPerson, mountInApp } from './mount.ts';

vi.mock('@ionic/vue', () => ({
  useIonRouter: () => ({ navigate: vi.fn() }),
  IonPage: { template: '<div><slot /></div>' },
  IonContent: { template: '<div><slot /></div>' },
}));

const buffer = (...bytes: readonly number[]): ArrayBuffer => Uint8Array.from(bytes).buffer;
/** What a browser gives: an object with getters on its prototype, so that nothing of it may be spread. */
class FakeCredential {
  get id() {
    return 'AQI';
  }
  get rawId() {
    return buffer(1, 2);
  }
  get authenticatorAttachment() {
    return 'platform';
  }
  readonly #response: object;
  constructor(response: object) {
    this.#response = response;
  }
  get response() {
    return this.#response;
  }
}
const browser = { create: vi.fn(), get: vi.fn() };

beforeEach(() => {
  vi.stubGlobal('isSecureContext', true);
  vi.stubGlobal('PublicKeyCredential', FakeCredential);
  vi.stubGlobal('navigator', { ...navigator, languages: ['en'], credentials: browser });
  browser.create.mockReset();
  browser.get.mockReset();
});
afterEach(() => {
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
});

describe('where a passkey can be used', () => {
  it.each([
    ['https by a name', true, 'homeward.local', true, null],
    ['this machine', true, 'localhost', true, null],
    ['https by an address', true, '192.168.1.10', true, 'address'],
    ['https by an IPv6 address', true, '[fe80::1]', true, 'address'],
    ['a connection that is not trusted', false, 'homeward.local', true, 'insecure'],
    ['an old browser', true, 'homeward.local', false, 'browser'],
  ] as const)('%s', (_, isSecureContext, hostname, has, hindrance) => {
    expect(passkeyHindrance({ isSecureContext, hostname }, has)).toBe(hindrance);
  });
});

describe('bytes', () => {
  it('go to base64url and back, whatever they are', () => {
    const all = Uint8Array.from({ length: 256 }, (_, n) => n);
    expect(textOf(all.buffer)).toMatch(/^[\w-]+$/);
    expect([...bytesOf(textOf(all.buffer))]).toEqual([...all]);
    expect(textOf(buffer(0xfb, 0xff))).toBe('-_8');
  });
});

const OPTIONS = {
  challenge: 'AQID',
  rp: { id: 'homeward.local', name: 'Homeward' },
  user: { id: 'BAU', name: 'Mona', displayName: 'Mona' },
  pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
  excludeCredentials: [{ id: 'Bgc', type: 'public-key', transports: ['internal'] }],
};
const made = () =>
  new FakeCredential({
    clientDataJSON: buffer(1),
    attestationObject: buffer(2),
    getTransports: () => ['internal'],
  });

describe('the browser', () => {
  it('gets bytes where the hub wrote text, and the hub gets text where the browser gave bytes', async () => {
    browser.create.mockResolvedValue(made());
    expect(await makePasskey(OPTIONS)).toEqual({
      id: 'AQI',
      rawId: 'AQI',
      type: 'public-key',
      clientExtensionResults: {},
      authenticatorAttachment: 'platform',
      response: { clientDataJSON: 'AQ', attestationObject: 'Ag', transports: ['internal'] },
    });
    const { publicKey } = browser.create.mock.calls[0]?.[0] ?? {};
    expect([...publicKey.challenge, ...publicKey.user.id, ...publicKey.excludeCredentials[0].id]).toEqual([
      1, 2, 3, 4, 5, 6, 7,
    ]);
    expect(publicKey.rp).toEqual(OPTIONS.rp);
  });

  it.each([
    ['NotAllowedError', 'left'],
    ['InvalidStateError', 'there'],
    ['SecurityError', 'failed'],
  ])('%s is told as %s', async (name, stop) => {
    browser.create.mockRejectedValue(Object.assign(new Error('no'), { name }));
    await expect(makePasskey(OPTIONS)).rejects.toMatchObject({ stop });
  });
});

describe('my passkeys', () => {
  const passkey = {
    id: 'k1',
    name: 'My phone',
    host: 'homeward.local',
    createdAt: NOW,
    usedAt: null,
    synced: true,
  };
  const open = async (
    more: Parameters<typeof hubAnswers>[0] = {},
    passkeys: readonly object[] = [passkey],
  ) => {
    const calls = hubAnswers({ 'GET /api/people/current/passkeys': { passkeys }, ...more });
    const card = mountInApp(PasskeyCard);
    await flushPromises();
    return { card, calls: () => calls.map(({ call, body }) => [call, body]) };
  };
  const adding = {
    'POST /api/people/current/passkeys/begin': { options: OPTIONS },
    'POST /api/people/current/passkeys': () => ({ status: 201, body: passkey }),
  };

  it('one is added by a name and what the browser makes', async () => {
    browser.create.mockResolvedValue(made());
    const { card, calls } = await open(adding, []);
    await card.get('form').trigger('submit');
    await flushPromises();
    expect(card.get('.field.wrong').text()).toContain('Write a name.');
    await card.get('input').setValue('My phone');
    await card.get('form').trigger('submit');
    await flushPromises();
    expect(calls()).toContainEqual([
      'POST /api/people/current/passkeys',
      expect.objectContaining({ name: 'My phone', credential: expect.objectContaining({ id: 'AQI' }) }),
    ]);
    expect(card.find('[role=alert]').exists()).toBe(false);
  });

  it('who closes the browser’s question is told nothing; a device that has one is', async () => {
    const { card } = await open(adding, []);
    await card.get('input').setValue('My phone');
    for (const [name, words] of [
      ['NotAllowedError', null],
      ['InvalidStateError', 'has a passkey for you already'],
    ] as const) {
      browser.create.mockRejectedValue(Object.assign(new Error('no'), { name }));
      await card.get('form').trigger('submit');
      await flushPromises();
      expect(card.find('[role=alert]').exists()).toBe(words !== null);
      if (words !== null) expect(card.get('[role=alert]').text()).toContain(words);
    }
  });

  it('one is renamed, and removed after a question', async () => {
    const { card, calls } = await open({
      'PATCH /api/people/current/passkeys/k1': () => ({ status: 204 }),
      'DELETE /api/people/current/passkeys/k1': () => ({ status: 204 }),
    });
    expect(card.get('[data-passkey=k1]').text()).toMatch(/for .*homeward\.local.*never used yet/s);
    await card.get('button[aria-label="Rename: My phone"]').trigger('click');
    await card.get('[data-passkey=k1] input').setValue('Blue phone');
    await card.get('[data-passkey=k1] form').trigger('submit');
    await flushPromises();
    expect(calls()).toContainEqual(['PATCH /api/people/current/passkeys/k1', { name: 'Blue phone' }]);
    await card.get('button[aria-label="Remove: My phone"]').trigger('click');
    await card.get('[data-passkey=k1] .ask .main').trigger('click');
    await flushPromises();
    expect(calls().some(([call]) => call === 'DELETE /api/people/current/passkeys/k1')).toBe(true);
  });

  it('where none can be made there is the reason in the place of the form', async () => {
    vi.stubGlobal('isSecureContext', false);
    const { card } = await open({}, []);
    expect(card.get('[data-part=hindrance]').text()).toContain('not trusted yet');
    expect(card.find('form').exists()).toBe(false);
  });
});

describe('logging in with a passkey', () => {
  const shown = () =>
    new FakeCredential({
      clientDataJSON: buffer(1),
      authenticatorData: buffer(2),
      signature: buffer(3),
      userHandle: buffer(4),
    });
  const press = async (page: ReturnType<typeof mountInApp>) => {
    await page
      .findAll('button')
      .find((one) => one.text() === 'Log in with a passkey')
      ?.trigger('click');
    await flushPromises();
  };
  const answers = {
    'POST /api/sessions/passkey/begin': { options: { challenge: 'AQID', rpId: 'homeward.local' } },
    'GET /api/sessions/current': aPerson(),
  };

  it('takes no name and no password', async () => {
    browser.get.mockResolvedValue(shown());
    const calls = hubAnswers({ ...answers, 'POST /api/sessions/passkey': () => ({ status: 201, body: {} }) });
    const page = mountInApp(LoginPage, {}, aPerson(), 'out');
    await press(page);
    expect(calls.find(({ call }) => call === 'POST /api/sessions/passkey')?.body).toMatchObject({
      cookie: true,
      credential: { id: 'AQI', response: { signature: 'Aw', userHandle: 'BA' } },
    });
    expect(useSession().state).toBe('in');
  });

  it('one that opens nothing here is told so, and the form stays as it was', async () => {
    browser.get.mockResolvedValue(shown());
    const body = { type: '/problems/passkey-refused', title: 'No.', status: 401 };
    hubAnswers({ ...answers, 'POST /api/sessions/passkey': () => ({ status: 401, body }) });
    const page = mountInApp(LoginPage, {}, aPerson(), 'out');
    await page.get('input[autocomplete=username]').setValue('Mona');
    await press(page);
    expect(page.get('[role=alert]').text()).toContain('does not open this hub');
    expect(page.get<HTMLInputElement>('input[autocomplete=username]').element.value).toBe('Mona');
  });

  it('is not offered where it cannot work', () => {
    vi.stubGlobal('isSecureContext', false);
    hubAnswers({});
    expect(mountInApp(LoginPage, {}, aPerson(), 'out').text()).not.toContain('passkey');
  });
});
