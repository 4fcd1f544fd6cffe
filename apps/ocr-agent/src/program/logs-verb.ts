import { printableJson } from '@slipstream/shared';
import { printLine } from '@slipstream/terminal';
import type { Command } from 'commander';
import { followLog, lastLines } from '../logs/show-logs.ts';
import { serviceOf } from './service-verbs.ts';

/** The service's log; with `--follow` also what is written from now on, until Ctrl-C. */
export async function logsVerb(command: Command): Promise<number> {
  const { logDir } = serviceOf(command).layout;
  for (const line of await lastLines(logDir)) printLine(printableJson(line));
  if (command.opts().follow === true) {
    const stop = new AbortController();
    process.once('SIGINT', () => stop.abort());
    await followLog(logDir, (text) => process.stdout.write(printableJson(text)), stop.signal);
  }
  return 0;
}
