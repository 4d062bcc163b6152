import { describe, expect, it } from 'vitest';
import { aDevice, aHouse, anEntity } from '../../test/unit/houses.ts';
import { missingInPairing, type PairingAnswers, pairingRequest, whoHasSpoken } from './pairing.ts';

const answers = (given: Partial<PairingAnswers>): PairingAnswers => ({
  kind: 'zigbee',
  name: ' Attic ',
  base: ' zigbee2mqtt ',
  topics: '',
  ...given,
});

describe('what is asked of the hub', () => {
  it.each([
    [{ kind: 'board' }, { name: 'Attic', kind: 'board' }],
    [{ kind: 'zigbee' }, { name: 'Attic', kind: 'gateway', topics: ['zigbee2mqtt/#'] }],
    [
      { kind: 'esphome', base: 'node' },
      { name: 'Attic', kind: 'gateway', topics: ['node/#'] },
    ],
    [
      { kind: 'tasmota', base: 'kettle' },
      {
        name: 'Attic',
        kind: 'gateway',
        topics: ['tele/kettle/#', 'stat/kettle/#', 'cmnd/kettle/#', 'tasmota/discovery/#'],
      },
    ],
    [
      { kind: 'other', topics: 'home/#, \n ble/+/state\n\n' },
      { name: 'Attic', kind: 'gateway', topics: ['home/#', 'ble/+/state'] },
    ],
  ] as const)('%o becomes %o', (given, request) => {
    expect(missingInPairing(answers(given))).toEqual({});
    expect(pairingRequest(answers(given))).toEqual(request);
  });

  it.each([
    [{ name: '  ' }, { name: 'devices.pair.nameMissing' }],
    [{ base: 'a/#' }, { base: 'devices.pair.baseWrong' }],
    [{ kind: 'tasmota', base: 'a b' }, { base: 'devices.pair.baseWord' }],
    [{ kind: 'other' }, { topics: 'devices.pair.topicsMissing' }],
    [{ kind: 'board', base: '#' }, {}],
  ] as const)('%o still lacks %o', (given, missing) => {
    expect(missingInPairing(answers(given))).toEqual(missing);
  });
});

describe('who has spoken', () => {
  const gateway = aDevice({ id: 'g', kind: 'gateway', lastHeardAt: null, health: 'waiting' }, []);
  const lamp = (given: Parameters<typeof aDevice>[0]) =>
    aDevice({ id: 'lamp', kind: 'found', ...given }, [anEntity({ id: 'lamp.x' })]);
  const brought = (...devices: ReturnType<typeof aDevice>[]) =>
    whoHasSpoken(aHouse({ devices: [gateway, ...devices] }), 'g', new Set(['old']))?.brought.map(
      ({ id }) => id,
    );

  it('nobody yet', () => {
    expect(brought()).toBeUndefined();
    expect(whoHasSpoken(null, 'g', new Set())).toBeNull();
    expect(whoHasSpoken(aHouse({ devices: [] }), 'g', new Set())).toBeNull();
  });

  it('what speaks through it counts, what speaks through another does not', () => {
    expect(brought(lamp({ gatewayId: 'g' }))).toEqual(['lamp']);
    expect(brought(lamp({ gatewayId: 'other' }))).toBeUndefined();
  });

  it('where nobody knows through whom, only what is new counts', () => {
    expect(brought(lamp({ gatewayId: null }))).toEqual(['lamp']);
    expect(brought(lamp({ id: 'old', gatewayId: null }))).toBeUndefined();
  });

  it('a board speaks for itself', () => {
    const board = aDevice({ id: 'b', kind: 'board' });
    expect(whoHasSpoken(aHouse({ devices: [board, lamp({})] }), 'b', new Set())).toEqual({
      device: board,
      brought: [],
    });
  });
});
