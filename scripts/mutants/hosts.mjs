// Processes that try mutants, two at a time, and the end of those that hang.
import { fork } from 'node:child_process';
import { inRoot } from '../setup/folder.mjs';

/** A mutant that takes longer hangs: its loop has no end, and the tests have noticed. The clean tests take a few seconds. */
const HANGS_AFTER_MS = 90_000;

/** Answers a function that tries one mutant, `{ file, start, end, to, tests }`, and one that ends the process. */
export function createHost() {
  let child = null;
  const start = async () => {
    child = fork(inRoot('scripts/mutants/host.mjs'), { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    await answerOf(child);
  };
  return {
    async judge(asked) {
      if (child === null) await start();
      const answer = answerOf(child);
      child.send(asked);
      const { verdict } = await answer;
      if (verdict !== 'hung') return verdict;
      child.kill('SIGKILL');
      child = null;
      return 'killed';
    },
    end: () => child?.kill('SIGKILL'),
  };
}

function answerOf(child) {
  return new Promise((resolve) => {
    const answer = (message) => {
      clearTimeout(timer);
      child.off('message', answer);
      child.off('exit', hung);
      resolve(message);
    };
    const hung = () => answer({ verdict: 'hung' });
    const timer = setTimeout(hung, HANGS_AFTER_MS);
    child.once('message', answer);
    child.once('exit', hung);
  });
}
