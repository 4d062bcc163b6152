// Mutants that no test can notice, each with the reason. `within` is a part of the line, so that a line that moves is found again.
export const EQUIVALENT = [
  {
    file: 'hub/src/air/dose.ts',
    within: 'return dose.share === 0 ? dose',
    from: 'dose.share === 0',
    to: 'false',
    why: 'a dose of nothing that decays is nothing too; the question only spares the reckoning',
  },
  {
    file: 'hub/src/air/dose.ts',
    within: 'share < NOTHING',
    from: '<',
    to: '<=',
    why: 'no dose decays to exactly the share that counts as nothing',
  },
];
