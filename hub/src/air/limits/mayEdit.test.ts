import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { USUAL_SETTINGS, withPatch } from '../settings.ts';
import { refusalOfEdit, refusalOfPatch, viewLimit } from './mayEdit.ts';
import { LIMITS, limitsWith } from './table.ts';

const SET = limitsWith(USUAL_SETTINGS);
const limitOf = (id: string) => SET.byId.get(id);

describe('AIR-1: the owner', () => {
  it.each([
    ['oxygen/oxygen-low/alarm/value', 19.5, 19.499],
    ['oxygen/oxygen-high/alarm/value', 23.5, 23.501],
    ['carbon_monoxide/co/critical/value', 300, 300.1],
    ['carbon_monoxide/co/warning/mean1h', 35, 35.1],
    ['lel_methane/gas/alarm/value', 10, 10.1],
    ['lel_lpg/gas/critical/value', 20, 20.1],
    ['temperature/heat/alarm/value', 57, 57.1],
    ['hydrogen_sulfide/hydrogen-sulfide/alarm/value', 10, 10.1],
  ])('may not make %s weaker than %f', (id, standard, weaker) => {
    expect(refusalOfEdit(limitOf(id), standard)).toBeNull();
    expect(refusalOfEdit(limitOf(id), weaker)).toBe('limit-too-weak');
  });

  it.each([
    ['oxygen/oxygen-low/alarm/value', 20.3, 20.31],
    ['carbon_monoxide/co/critical/value', 100, 99],
    ['lel_methane/gas/alarm/value', 5, 4.9],
    ['temperature/cold/advisory/value', 21, 21.1],
  ])('may make %s stricter, but only to %f', (id, strictest, tooStrict) => {
    expect(refusalOfEdit(limitOf(id), strictest)).toBeNull();
    expect(refusalOfEdit(limitOf(id), tooStrict)).toBe('limit-too-strict');
  });

  it.each([
    ['carbon_dioxide/co2/advisory/mean10min', 1_500, 1_501],
    ['temperature/cold/advisory/value', 12, 11.9],
    ['humidity/humidity/advisory/mean6h', 15, 14],
  ])('may make %s weaker, but only to %f', (id, weakest, tooWeak) => {
    expect(refusalOfEdit(limitOf(id), weakest)).toBeNull();
    expect(refusalOfEdit(limitOf(id), tooWeak)).toBe('limit-too-weak');
  });

  it.each(LIMITS.filter(({ editable }) => !editable).map(({ id }) => [id]))('may not move %s', (id) => {
    expect(refusalOfEdit(limitOf(id), 1)).toBe('limit-not-editable');
  });

  it('may move no contact, no dose, no modelled exposure and no outlook', () => {
    const fixed = new Set(LIMITS.filter(({ editable }) => !editable).map(({ measure }) => measure));
    expect([...fixed].sort()).toEqual(['cohb', 'dose', 'minutesLeft', 'rate', 'value']);
  });

  it('never makes a danger to life weaker, whatever is asked', () => {
    const life = LIMITS.filter(({ sound, editable }) => sound === 'siren' && editable);
    fc.assert(
      fc.property(fc.constantFrom(...life), fc.double({ noNaN: true }), (limit, own) => {
        if (refusalOfEdit(limit, own) !== null) return;
        const isUpper = limit.crosses === 'above' || limit.crosses === 'atLeast';
        expect(isUpper ? own <= limit.standard : own >= limit.standard).toBe(true);
      }),
    );
  });

  it('is told which limit of several is refused, and an unknown one is', () => {
    const good = { id: 'oxygen/oxygen-low/alarm/value', limit: 20 };
    expect(refusalOfPatch(SET, { own: [good] })).toBeNull();
    expect(refusalOfPatch(SET, {})).toBeNull();
    expect(refusalOfPatch(SET, { own: [good, { id: 'x', limit: 1 }] })).toEqual({
      id: 'x',
      reason: 'no-such-limit',
    });
    expect(refusalOfPatch(SET, { own: [{ ...good, limit: null }] })).toBeNull();
  });
});

it('what is chosen stays until it is given back; what is not named is left alone', () => {
  const id = 'oxygen/oxygen-low/alarm/value';
  const chosen = withPatch(USUAL_SETTINGS, { own: [{ id, limit: 20 }], profile: 'US' });
  expect(chosen).toEqual({ profile: 'US', sensitivePeople: false, own: { [id]: 20 } });
  expect(withPatch(chosen, { sensitivePeople: true })).toEqual({ ...chosen, sensitivePeople: true });
  expect(withPatch(chosen, { own: [{ id, limit: null }] }).own).toEqual({});
  const seen = limitsWith(chosen).byId.get(id);
  expect(seen && viewLimit(seen)).toMatchObject({ id, limit: 20, standard: 19.5, own: true, editable: true });
});
