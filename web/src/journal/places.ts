/** Where the pages of the journal stand. */
export const JOURNAL = '/journal';
export const JOURNAL_SETTINGS = '/settings/journal';
/** The journal from one row on. */
export const rowPath = (seq: number): string => `${JOURNAL}?row=${seq}`;

/** The row that an address asks for; null: none, or nothing that could be one. */
export const rowIn = (query: Readonly<Record<string, unknown>>): number | null => {
  const text = typeof query.row === 'string' ? query.row : '';
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
};
