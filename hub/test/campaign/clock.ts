import { SHARED_COMMIT_MS } from '../../src/house/committer.ts';
import { ClockedHouse, Machine, OXYGEN_NODE, oxygenReading } from '../faults/clockStory.ts';
import { createDice } from '../faults/fuzzStory.ts';
import type { Campaign } from './report.ts';

const YEAR_MS = 365.25 * 86_400_000;
const ON_DELAY_MS = 10_000;
/** Source: safety.md F-05. */
const TOLERANCE_MS = 100;

/** F-05, long form: wall clocks that jump and programs that restart at random moments of an on-delay. */
export const CLOCK: Campaign = {
  summary: 'F-05: the wall clock jumps at random while a delay runs, and the program restarts',
  rounds: { of: 'houses', usual: 500 },
  async run(rounds, say) {
    const violations: string[] = [];
    let worstMs = 0;
    for (let seed = 1; seed <= rounds; seed++) {
      const errorMs = liveOnce(seed);
      worstMs = Math.max(worstMs, Math.abs(errorMs));
      if (!(Math.abs(errorMs) <= TOLERANCE_MS))
        violations.push(`seed ${seed}: the alarm came ${errorMs} ms off`);
      if (seed % 50 === 0) say(`${seed} of ${rounds} houses`);
    }
    return { name: 'clock', figures: { houses: rounds, worstMs }, violations };
  },
};

/** How far from its time the alarm of one house came, ms of house time; NaN: not, or more than once. */
function liveOnce(seed: number): number {
  const dice = createDice(seed);
  const house = new ClockedHouse(new Machine());
  try {
    house.dispatch({ type: 'brokerFound' });
    house.dispatch(OXYGEN_NODE);
    house.dispatch(oxygenReading(20.9));
    house.pass(dice.below(5_000));
    const since = house.now;
    house.dispatch(oxygenReading(19));
    // What is killed within the 50 ms of a shared commit has not heard the reading; the sensor's next one counts.
    house.pass(SHARED_COMMIT_MS + 10);
    for (let nth = 0; nth < 20; nth++) {
      house.pass(dice.below(1_500));
      if (dice.below(6) === 0) house.restart(() => {});
      house.machine.wallMs += (dice.next() - 0.5) * 2 * YEAR_MS * dice.oneOf([0, 1e-9, 1e-6, 1, 10, 60]);
    }
    house.pass(20_000);
    const times = house.timesOf('alarmRaised');
    return times.length === 1 ? (times[0] ?? Number.NaN) - since - ON_DELAY_MS : Number.NaN;
  } finally {
    house.remove();
  }
}
