import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { createStage } from './faults/stage.ts';
import { ensureHub } from './repository.ts';

const stage = createStage();
afterEach(() => stage.clear());
beforeAll(ensureHub, 240_000);

test('the fingerprints that the hub tells are those of the certificates that it shows', async () => {
  const hub = await stage.hub();
  const trust = await hub.api.call('trust');
  const file = (name: string) => new X509Certificate(readFileSync(join(hub.folder, 'secrets', name)));
  expect(trust.authority).toMatchObject({
    fingerprint: file('ca.crt').fingerprint256,
    name: expect.stringMatching(/^Homeward ./),
  });
  expect(trust.certificate?.fingerprint).toBe(file('hub.crt').fingerprint256);
  expect(trust.certificate?.names).toContain('homeward.local');
  expect(trust.certificate?.addresses).toContain('127.0.0.1');
  expect(trust.certificate?.untilUtc).toBe(Date.parse(file('hub.crt').validTo));
  // It came over plain HTTP on this machine, and the hub listens to this machine only.
  expect(trust).toMatchObject({ secure: false, entrances: [], welcome: null });
});
