import { logFacts } from '../../logs/log-facts.ts';
import { readRequestsOf } from '../../logs/requests.ts';
import type { LambdaFunction, Snapshot } from '../../snapshot/snapshot.ts';
import type { Attempts } from './attempts.ts';
import type { Clients } from './clients.ts';

const MINUTES = 180;
const PAGES_MAX = 20;
/** Functions whose logs are read: where a log is long, those that fail most say it first. */
const FUNCTIONS_MAX = 50;

/** The last three hours of the functions' logs, in short: one verdict a function, and the hosts that time-outs name. */
export async function collectLogs({ logs }: Clients, attempts: Attempts, snapshot: Snapshot): Promise<void> {
  const chosen = snapshot.functions.slice(0, FUNCTIONS_MAX);
  if (chosen.length < snapshot.functions.length)
    snapshot.not_checked.push(
      `The logs of ${FUNCTIONS_MAX} of ${snapshot.functions.length} functions were read: name others with --function.`,
    );
  for (const fn of chosen) {
    const lines = await attempts.call('logs:FilterLogEvents', () => linesOf(logs, fn), []);
    if (lines.length === 0) continue;
    const source = fn.log_group ?? fn.name;
    const facts = logFacts(await readRequestsOf(lines), source, fn.name);
    if (facts.requests > 0) snapshot.logs.push(facts);
  }
}

/** As an export has them: stream, time, message. */
async function linesOf(logs: Clients['logs'], { log_group }: LambdaFunction): Promise<string[]> {
  if (log_group === null) return [];
  const lines: string[] = [];
  let nextToken: string | undefined;
  const startTime = Date.now() - MINUTES * 60_000;
  for (let count = 0; count < PAGES_MAX; count += 1) {
    const page = await pageOf(logs, { logGroupName: log_group, startTime, limit: 10_000, nextToken });
    if (page === null) return [];
    for (const { timestamp = 0, logStreamName = '', message = '' } of page.events ?? [])
      lines.push(`${logStreamName} ${new Date(timestamp).toISOString()} ${message.trimEnd()}\n`);
    if (!page.nextToken || page.nextToken === nextToken) break;
    nextToken = page.nextToken;
  }
  return lines;
}

/** null: a function that never ran has no log group. */
async function pageOf(logs: Clients['logs'], input: Parameters<Clients['logs']['filterLogEvents']>[0]) {
  try {
    return await logs.filterLogEvents(input);
  } catch (thrown) {
    if (thrown instanceof Error && thrown.name === 'ResourceNotFoundException') return null;
    throw thrown;
  }
}
