import { ROUTES } from '../api.ts';
import type { Quantity } from '../devices/schema.ts';
import type { Fact } from '../house/facts.ts';
import type { Settled } from '../house/outcome.ts';
import { getRow } from '../house/table.ts';
import { type Endpoint, onRoute } from '../io/route.ts';
import { Refusal } from '../shared/errors.ts';
import type { Moment } from '../shared/time.ts';
import { asWished, refusalOfPatch, viewLimit } from './limits/mayEdit.ts';
import { viewCalibration } from './oxygen/calibrationView.ts';
import type { AirLimits, Calibration } from './schema.ts';
import type { AirState } from './state.ts';
import { type TracePorts, traceLimits } from './trace.ts';
import { viewAir } from './view.ts';
import type { AskWhatIf } from './whatIfDesk.ts';

export type AirRoutePorts = {
  readonly read: () => AirState;
  readonly dispatch: (fact: Fact) => Settled;
  readonly now: () => Moment;
  readonly nameOf: (personId: string) => string;
  /** What an entity measures; null: there is no such entity. */
  readonly quantityOf: (entityId: string) => Quantity | null;
  readonly whatIf: AskWhatIf;
  /** Made anew for each question. */
  readonly trace: () => TracePorts;
};

export function airRoutes(ports: AirRoutePorts): Endpoint[] {
  const { read, dispatch, now, nameOf, quantityOf } = ports;

  const limits = (): AirLimits => {
    const { settings, limits: set } = read();
    const { profile, sensitivePeople } = settings;
    return { profile, sensitivePeople, limits: set.all.map(viewLimit) };
  };

  return [
    onRoute(ROUTES.airLimits, limits),
    onRoute(ROUTES.changeAirLimits, ({ body, me }) => {
      const refusal = refusalOfPatch(read().limits, body);
      if (refusal !== null) throw asProblem(refusal);
      const by = nameOf(me.personId);
      if (!dispatch({ type: 'airSettingsChanged', patch: body, by }).saved) throw new Refusal('not-saved');
      return limits();
    }),
    onRoute(ROUTES.airWhatIf, ({ body, gone }) => {
      const { limits } = read();
      const wished = asWished(limits, body.id, body.limit);
      if (typeof wished === 'string') throw asProblem({ id: body.id, reason: wished });
      return ports.whatIf(limits.byId.get(body.id) ?? wished, wished, gone);
    }),
    onRoute(ROUTES.airSensor, ({ params }) => {
      const entityId = params.id;
      const quantity = quantityOf(entityId);
      if (quantity === null) throw new Refusal('not-found');
      const at = now();
      const trace = ports.trace();
      return {
        entityId,
        quantity,
        limits: traceLimits(read(), entityId, quantity, at, trace),
        air: viewAir(read(), entityId, quantity),
        calibration: quantity === 'oxygen' ? viewCalibration(getRow(read().calibrations, entityId)) : null,
      };
    }),
    onRoute(ROUTES.calibrate, ({ params, me }) => {
      const quantity = quantityOf(params.id);
      if (quantity === null) throw new Refusal('not-found');
      if (quantity !== 'oxygen') throw new Refusal('calibration-refused', { detail: 'not-oxygen' });
      return calibrationOf(
        dispatch({ type: 'calibrationAsked', entityId: params.id, by: nameOf(me.personId) }),
      );
    }),
  ];
}

function calibrationOf({ facts, saved }: Settled): Calibration {
  for (const fact of facts) {
    if (fact.type === 'calibrationRefused') throw new Refusal('calibration-refused', { detail: fact.reason });
    if (fact.type !== 'calibrated') continue;
    if (!saved) throw new Refusal('not-saved');
    return fact.calibration;
  }
  throw new Error('A calibration that was asked for was neither made nor refused.');
}

function asProblem({ id, reason }: NonNullable<ReturnType<typeof refusalOfPatch>>): Refusal {
  if (reason === 'limit-not-editable' || reason === 'limit-too-weak') {
    return new Refusal(reason, { detail: id });
  }
  return new Refusal('bad-request', { detail: `own: ${id}: ${reason}` });
}
