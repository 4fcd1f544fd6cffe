import { printable } from '@slipstream/shared';
import cliProgress from 'cli-progress';

export interface Progress {
  update(done: number, note: string): void;
  stop(): void;
}

/** A bar on a terminal; elsewhere nothing, so that logs and pipes stay readable. */
export function startProgress(total: number, what: string): Progress {
  if (process.stderr.isTTY !== true) return { update: () => {}, stop: () => {} };
  const bar = new cliProgress.SingleBar(
    {
      format: `${what} {bar} {value}/{total}  {duration_formatted}  {note}`,
      hideCursor: true,
      stream: process.stderr,
      barsize: 30,
      clearOnComplete: true,
    },
    cliProgress.Presets.shades_classic,
  );
  bar.start(total, 0, { note: '' });
  return { update: (done, note) => bar.update(done, { note: printable(note) }), stop: () => bar.stop() };
}
