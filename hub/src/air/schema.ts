import { z } from 'zod';

/** Alarm kinds that the air domain raises. */
export const AirKind = z.enum(['oxygen-low', 'co', 'smoke']).meta({ id: 'AirKind' });
export type AirKind = z.infer<typeof AirKind>;
