/** An answer that may be a refusal. A refusal is an ordinary value with a reason, never an exception. */
export type Result<T, R = string> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: R };

export const ok = <T>(value: T): { ok: true; value: T } => ({ ok: true, value });
export const refused = <R>(reason: R): { ok: false; reason: R } => ({ ok: false, reason });
