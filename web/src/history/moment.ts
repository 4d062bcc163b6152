/** One moment of the past that a person points at. */
export type Moment = {
  /** Epoch ms. */
  readonly at: number;
  readonly time: string;
  readonly min: number;
  readonly max: number;
  /** Mean; of states the share of on, 0..1. */
  readonly avg: number;
};
