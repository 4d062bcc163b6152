import { z } from 'zod';
import { AIR_ROUTES } from './air/routeSchema.ts';
import { ALARM_ROUTES } from './alarms/routeSchema.ts';
import { DEVICE_ROUTES } from './devices/routeSchema.ts';
import { FLASHING_ROUTES } from './flashing/routeSchema.ts';
import { HISTORY_ROUTES } from './history/routeSchema.ts';
import { HousePatch, HouseSnapshot } from './house/schema.ts';
import { JOURNAL_ROUTES } from './journal/routeSchema.ts';
import { ACCOUNT_ROUTES } from './people/accountRouteSchema.ts';
import { CONSENT_ROUTES } from './people/consentRouteSchema.ts';
import { PASSKEY_ROUTES } from './people/passkeyRouteSchema.ts';
import { PASS_ROUTES } from './people/passRouteSchema.ts';
import { PEOPLE_ROUTES } from './people/routeSchema.ts';
import type { Right } from './people/schema.ts';
import { READINESS_ROUTES } from './readiness/routeSchema.ts';
import { RESPONSE_ROUTES } from './responses/routeSchema.ts';
import { TRUST_ROUTES } from './trust/routeSchema.ts';

export * from './air/schema.ts';
export * from './air/viewSchema.ts';
export * from './alarms/lifeSchema.ts';
export * from './alarms/schema.ts';
export * from './devices/controlSchema.ts';
export * from './devices/healthSchema.ts';
export * from './devices/requestSchema.ts';
export * from './devices/schema.ts';
export * from './flashing/schema.ts';
export * from './history/schema.ts';
export * from './house/schema.ts';
export * from './journal/incidentSchema.ts';
export * from './journal/schema.ts';
export * from './journal/sealedSchema.ts';
export * from './people/accountSchema.ts';
export * from './people/consentSchema.ts';
export * from './people/invitationSchema.ts';
export * from './people/passkeySchema.ts';
export * from './people/passSchema.ts';
export * from './people/roleSchema.ts';
export * from './people/schema.ts';
export * from './readiness/schema.ts';
export * from './responses/schema.ts';
export { PROBLEMS, Problem, type ProblemCode } from './shared/errors.ts';
export * from './trust/schema.ts';

/** Every call says who may make it: anybody (`open`, without a session), or whoever has the right that it `needs`. */
type Admission =
  | { readonly open: true; readonly needs?: never }
  | { readonly open?: never; readonly needs: Right };

/** One call of the contract. `status`: of success. */
export type Route = Admission & {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly summary: string;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** The body is a file of this media type. */
  readonly takes?: string;
  /** The answer is a file of this media type, or such a range. */
  readonly gives?: string;
  readonly answer: z.ZodType;
  readonly status: 200 | 201 | 202 | 204;
};

/** Every route of the hub. openapi.json is made from this; a test holds the running hub against it. */
export const ROUTES = {
  openapi: {
    method: 'GET',
    path: '/api/openapi.json',
    summary: 'This contract',
    open: true,
    answer: z.unknown(),
    status: 200,
  },
  house: {
    method: 'GET',
    path: '/api/house',
    needs: 'house.see',
    summary: 'The whole house now, as far as one may see it',
    answer: HouseSnapshot,
    status: 200,
  },
  ...PEOPLE_ROUTES,
  ...ACCOUNT_ROUTES,
  ...PASS_ROUTES,
  ...PASSKEY_ROUTES,
  ...CONSENT_ROUTES,
  ...ALARM_ROUTES,
  ...AIR_ROUTES,
  ...DEVICE_ROUTES,
  ...FLASHING_ROUTES,
  ...HISTORY_ROUTES,
  ...JOURNAL_ROUTES,
  ...RESPONSE_ROUTES,
  ...READINESS_ROUTES,
  ...TRUST_ROUTES,
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof ROUTES;

/** Socket event `beat`, every 4 s: the hub is there. `seq`: the last patch that was sent. */
export const HouseBeat = z
  .object({ now: z.number(), seq: z.number().int().optional() })
  .meta({ id: 'HouseBeat' });

/** Socket events that the hub sends. The client authenticates with `auth: { token }` or the cookie. */
export const SOCKET_EVENTS = { snapshot: HouseSnapshot, patch: HousePatch, beat: HouseBeat } as const;

/** Events that the client may send: `refresh` asks for the snapshot again after a gap. */
export const CLIENT_EVENTS = ['refresh'] as const;
