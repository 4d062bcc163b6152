import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useSession } from '../../src/hub/session.ts';
import { hubAnswers } from './hubAnswers.ts';
import { aPerson } from './mount.ts';

const HELLO = { hubId: 'h', version: '1', claimed: true, now: 1 };
const gone = () => ({ status: 401, body: { type: '/problems/no-session', title: 'No.', status: 401 } });

beforeEach(() => setActivePinia(createPinia()));
afterEach(() => vi.unstubAllGlobals());

describe('the session', () => {
  it('that was ended elsewhere is told as such until somebody logs in', async () => {
    let isOver = false;
    hubAnswers({
      'GET /api/hello': HELLO,
      'GET /api/sessions/current': () => (isOver ? gone() : { body: aPerson() }),
      'POST /api/sessions': () => ({ status: 201, body: {} }),
    });
    const session = useSession();
    expect(await session.check()).toBe('in');
    expect(session.may('people.manage')).toBe(true);
    isOver = true;
    expect(await session.check()).toBe('out');
    expect(await session.check()).toBe('out');
    expect([session.turnedOut, session.may('people.manage')]).toEqual([true, false]);
    isOver = false;
    await session.logIn('Mona', 'a-door-of-blue-glass');
    expect([session.state, session.turnedOut]).toEqual(['in', false]);
  });

  it('that its person ended is told as nothing, also when the hub closes the live channel first', async () => {
    let isOver = false;
    hubAnswers({
      'GET /api/hello': HELLO,
      'GET /api/sessions/current': () => (isOver ? gone() : { body: aPerson() }),
      'DELETE /api/sessions/current': () => {
        isOver = true;
        return { status: 204 };
      },
    });
    const session = useSession();
    await session.check();
    await Promise.all([session.logOut(), session.check()]);
    expect([session.state, session.turnedOut]).toEqual(['out', false]);
  });

  it('nobody may anything before the hub has said who they are', () => {
    expect(useSession().may('house.see')).toBe(false);
  });
});
