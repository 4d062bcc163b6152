/** What people do with the journal itself. No reducer reads these. `by`: the id of who did it. */
export type JournalFact =
  /** There is a key now to which duress is sealed; `lost`: nobody could open any more what was sealed to the one before. */
  | { readonly type: 'sealKeyMade'; readonly by: string; readonly because: 'first' | 'lost' }
  /** An owner's own key could not be opened with their password; they have another. */
  | { readonly type: 'sealKeyLost'; readonly by: string }
  /** Sealed rows were looked through. Not whether there was anything. */
  | { readonly type: 'sealedOpened'; readonly by: string }
  | { readonly type: 'journalExported'; readonly by: string; readonly format: 'csv' | 'json' };
