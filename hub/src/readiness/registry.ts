import type { Proof } from './circumstances.ts';
import type { CapabilityId } from './schema.ts';

/** What a capability has to say whenever somebody asks; null: it is not set up. */
export type Source = () => Proof | null;

export type Registry = {
  /** Says where the proof of a capability is to be had. @throws when it is registered already: two cannot both be right */
  register(id: CapabilityId, source: Source): void;
  /** What all that have registered say now. */
  proofs(): Readonly<Partial<Record<CapabilityId, Proof | null>>>;
};

/** Where each capability of the house registers its row. What has not registered is not set up. */
export function createRegistry(): Registry {
  const sources = new Map<CapabilityId, Source>();
  return {
    register(id, source) {
      if (sources.has(id)) throw new Error(`The readiness of ${id} is registered twice.`);
      sources.set(id, source);
    },
    proofs: () => Object.fromEntries([...sources].map(([id, source]) => [id, source()])),
  };
}
