/** A figure with what it has to reach: `bar` fails a run, `goal` is what the parser is meant to come to. */
export interface Bar {
  readonly what: string;
  readonly value: number;
  readonly kind: 'at least' | 'at most';
  readonly bar: number;
  readonly goal?: number;
}

function isMissed({ kind, value, bar }: Bar): boolean {
  return !(kind === 'at least' ? value >= bar : value <= bar);
}

/** A line a bar: what was measured, what fails the run, and the goal where it is another one. */
function barLines(bars: readonly Bar[]): string[] {
  const widest = Math.max(0, ...bars.map(({ what }) => what.length));
  return bars.map((bar) => {
    const { what, value, kind, bar: limit, goal } = bar;
    const wanted = goal === undefined || goal === limit ? '' : `, goal ${kind} ${goal}`;
    return `${isMissed(bar) ? 'MISSED' : 'ok    '}  ${what.padEnd(widest)}  ${figure(value)} (${kind} ${limit}${wanted})`;
  });
}

/** Prints the bars and sets the exit code: 1 where one is missed. */
export function endWithBars(bars: readonly Bar[], print: boolean): void {
  if (print) for (const line of barLines(bars)) console.log(line);
  process.exitCode = bars.some(isMissed) ? 1 : 0;
}

function figure(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(4);
}
