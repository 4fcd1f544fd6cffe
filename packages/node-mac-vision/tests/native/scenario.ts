/** One behaviour of the native addon, checked with `node:assert` so that it runs in vitest and under sanitizers alike. */
export interface Scenario {
  name: string;
  run(): Promise<void>;
}

export interface Effort {
  /** Jobs in the test of memory: 5,000 in full, fewer under valgrind. */
  jobs: number;
}
