// Processes that try mutants, two at a time, and the end of those that hang.
import { fork } from 'node:child_process';
import { inRoot } from '../setup/folder.mjs';

/** Clean tests that take longer do not end at all. */
const LONGEST_MS = 10 * 60_000;

/** Answers a function that tries one mutant, `{ file, start, end, to, tests }`, and one that ends the process. */
export function createHost() {
  let child = null;
  const start = async () => {
    child = fork(inRoot('scripts/mutants/host.mjs'), { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    await answerOf(child, LONGEST_MS);
  };
  let failures = [];
  return {
    /** What failed at the last mutant. */
    failures: () => failures,
    /** @param hangsAfterMs a mutant that takes longer hangs: its loop has no end, and the tests have noticed */
    async judge(asked, hangsAfterMs = LONGEST_MS) {
      if (child === null) await start();
      const answer = answerOf(child, hangsAfterMs);
      child.send(asked);
      const { verdict, failures: failed = [] } = await answer;
      failures = failed;
      if (verdict !== 'hung') return verdict;
      child.kill('SIGKILL');
      child = null;
      return 'killed';
    },
    end: () => child?.kill('SIGKILL'),
  };
}

function answerOf(child, longestMs) {
  return new Promise((resolve) => {
    const answer = (message) => {
      clearTimeout(timer);
      child.off('message', answer);
      child.off('exit', hung);
      resolve(message);
    };
    const hung = () => answer({ verdict: 'hung' });
    const timer = setTimeout(hung, longestMs);
    child.once('message', answer);
    child.once('exit', hung);
  });
}
