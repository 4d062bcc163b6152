import { z } from 'zod';

/**
 * What the house must be able to do when it counts. `backup`, `restore`, `push` and `walk-test` are not set up until they exist: each
 * registers itself.
 */
export const CapabilityId = z
  .enum(['sirens', 'detectors', 'journal', 'push', 'walk-test', 'backup', 'restore'])
  .meta({ id: 'CapabilityId' });
export type CapabilityId = z.infer<typeof CapabilityId>;

/** `stale`: proven once, but too long ago, or not yet; `failed`: the last try showed that it does not work. */
export const ProofState = z.enum(['proven', 'stale', 'not-set-up', 'failed']).meta({ id: 'ProofState' });
export type ProofState = z.infer<typeof ProofState>;

/**
 * How it was proven. `answered`: a siren was told to sound and said that it does; `heard`: somebody heard it; `alarmed`: the detector
 * raised an alarm; `tested`: somebody tested it and said so; `checked`: calibrated, tested or seen to be right; `verified`: looked through.
 */
export const ProofHow = z
  .enum(['answered', 'heard', 'alarmed', 'tested', 'checked', 'verified'])
  .meta({ id: 'ProofHow' });
export type ProofHow = z.infer<typeof ProofHow>;

const ProvenAt = z.number().nullable().describe('epoch ms UTC; null: never');

/** One siren or detector of a capability. */
export const ProofPart = z
  .object({
    entityId: z.string(),
    state: ProofState.exclude(['not-set-up']),
    provenAt: ProvenAt,
    how: ProofHow.nullable(),
  })
  .meta({ id: 'ProofPart' });
export type ProofPart = z.infer<typeof ProofPart>;

export const ReadinessRow = z
  .object({
    id: CapabilityId,
    state: ProofState,
    provenAt: ProvenAt.describe(
      'epoch ms UTC, of the part that was proven longest ago; null: never, or not all of it',
    ),
    how: ProofHow.nullable(),
    validMs: z.number().nullable().describe('for how long a proof counts, ms; null: it is not set up'),
    parts: z.array(ProofPart).describe('sirens, detectors; none: it has no parts'),
  })
  .meta({ id: 'ReadinessRow' });
export type ReadinessRow = z.infer<typeof ReadinessRow>;

/** What makes the house weaker than it could be. Each has one next step, which the app words. */
export const WeaknessId = z
  .enum([
    'no-siren',
    'no-smoke-detector',
    'no-co-detector',
    'broker-anonymous',
    'broker-unencrypted',
    'broker-unmanaged',
    'sessions-unencrypted',
    'claim-code-left',
    'data-open',
    'hub-locked',
    'certificates-damaged',
    'clock-wrong',
    'clock-unsynchronised',
    'certificate-ending',
    'one-owner',
    'no-second-factor',
    'no-ups',
    'history-paused',
    'disk-nearly-full',
    'node-unsupported',
  ])
  .meta({ id: 'WeaknessId' });
export type WeaknessId = z.infer<typeof WeaknessId>;

/** `high`: somebody could be harmed, or get in, without anybody noticing; `low`: worth mending when there is time. */
export const Severity = z.enum(['high', 'low']).meta({ id: 'Severity' });
export type Severity = z.infer<typeof Severity>;

export const Weakness = z
  .object({
    id: WeaknessId,
    severity: Severity,
    count: z
      .number()
      .nullable()
      .default(null)
      .describe('how many, days left, MB left … as the weakness has it'),
  })
  .meta({ id: 'Weakness' });
export type Weakness = z.infer<typeof Weakness>;

/** What only a person can know. `ups`: whether hub, router and sirens go on in a power cut. */
export const QuestionId = z.enum(['ups']).meta({ id: 'QuestionId' });
export type QuestionId = z.infer<typeof QuestionId>;

export const Question = z
  .object({
    id: QuestionId,
    answer: z.boolean().nullable().describe('null: nobody has answered yet'),
    at: z.number().nullable().describe('epoch ms UTC'),
    by: z.string().nullable(),
  })
  .meta({ id: 'ReadinessQuestion' });
export type Question = z.infer<typeof Question>;

/** What a siren said to a test. `unknown`: it never tells its state, only ears can say. */
export const SirenAnswer = z.enum(['waiting', 'answered', 'unknown', 'mute']).meta({ id: 'SirenAnswer' });
export type SirenAnswer = z.infer<typeof SirenAnswer>;

/** The test of the sirens that runs, or the last one. */
export const SirenTestView = z
  .object({
    at: z.number().describe('epoch ms UTC'),
    by: z.string().describe('name of the person'),
    running: z.boolean(),
    sirens: z.array(z.object({ entityId: z.string(), answer: SirenAnswer })),
  })
  .meta({ id: 'SirenTest' });
export type SirenTestView = z.infer<typeof SirenTestView>;

/** GET /api/readiness */
export const Readiness = z
  .object({
    now: z.number().describe('epoch ms UTC'),
    rows: z.array(ReadinessRow),
    weaknesses: z.array(Weakness).describe('the worst first'),
    questions: z.array(Question),
    sirenTest: SirenTestView.nullable().describe('null: there has been none'),
    mayTestSirens: z
      .boolean()
      .describe('false: there is danger, a test runs, the broker is away, or there is no siren'),
  })
  .meta({ id: 'Readiness' });
export type Readiness = z.infer<typeof Readiness>;

/** POST /api/readiness/questions/:id */
export const QuestionAnswer = z.strictObject({ answer: z.boolean() }).meta({ id: 'QuestionAnswer' });
export type QuestionAnswer = z.infer<typeof QuestionAnswer>;

/** POST /api/sirens/heard */
export const SirensHeard = z
  .strictObject({ entityIds: z.array(z.string().max(200)).min(1).max(64) })
  .meta({ id: 'SirensHeard' });
export type SirensHeard = z.infer<typeof SirensHeard>;
