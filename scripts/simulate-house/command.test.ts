import { describe, expect, it } from 'vitest';
import { BOARDS, type Board } from './boards.ts';
import { readCommand } from './command.ts';

const board = (id: string): Board => {
  const found = BOARDS.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no board ${id}`);
  return found;
};

describe('a command to a simulated board', () => {
  it.each([
    ['siren-hall', 'siren', 'ON', { type: 'sirenSet', tone: 'steady', forS: Number.POSITIVE_INFINITY }],
    ['siren-hall', 'siren', '{"state":"ON","tone":"co_t4","duration":30}', { tone: 'co_t4', forS: 30 }],
    ['siren-hall', 'siren', '{"state":"OFF"}', { type: 'sirenSet', tone: null }],
    ['light-living', 'light', 'OFF', { type: 'lightSwitched', room: 'living', on: false }],
    ['fan-bathroom', 'fan', 'ON', { type: 'fanSwitched', on: true }],
    ['valve-kitchen', 'valve', 'CLOSE', { type: 'gasValveMoved', open: false }],
    ['valve-kitchen', 'valve', 'OPEN', { type: 'gasValveMoved', open: true }],
    ['lock-hall', 'lock', 'UNLOCK', { type: 'lockMoved', locked: false }],
  ])('%s %s %s is understood', (id, entity, payload, event) => {
    expect(readCommand(board(id), entity, payload)).toMatchObject(event);
  });

  it.each([
    ['siren-hall', 'siren', '{"state":"ON","tone":"opera"}'],
    ['siren-hall', 'siren', '{"state":"ON","duration":"long"}'],
    ['siren-hall', 'siren', '{"state":'],
    ['siren-hall', 'siren', 'null'],
    ['siren-hall', 'light', 'ON'],
    ['light-hall', 'light', 'on'],
    ['lock-hall', 'lock', 'OPEN'],
    ['valve-kitchen', 'valve', 'STOP'],
    ['air-hall', 'oxygen', '21'],
  ])('%s %s %s is ignored', (id, entity, payload) => {
    expect(readCommand(board(id), entity, payload)).toBeNull();
  });
});
