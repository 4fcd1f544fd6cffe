import { type EngineHealth, queueDepthView } from '@slipstream/shared';
import { colour, printJson, printLine, printPairs } from '@slipstream/terminal';
import type { ServiceReport } from '../service/service.ts';
import { askStatus } from '../status/ask-status.ts';
import type { ProgramStatus } from '../status/program-status.ts';

const EXIT_NOT_RUNNING = 1;

/** What the service manager knows and what the running agents say. */
export async function showStatus(service: ServiceReport, runDirs: readonly string[], json: boolean): Promise<number> {
  const answers = await Promise.all([...new Set(runDirs)].map(askStatus));
  const agents = answers.flat();
  if (json) printJson({ service, agents: agents.map(agentView) });
  else print(service, agents);
  return agents.length > 0 ? 0 : EXIT_NOT_RUNNING;
}

const agentView = ({ queue, ...agent }: ProgramStatus) => ({ ...agent, queue: queue && queueDepthView(queue) });

function print(service: ServiceReport, agents: readonly ProgramStatus[]): void {
  printLine(`service: ${serviceSentence(service)}`);
  if (agents.length === 0) printLine('No agent is running. Start one: receipt-ocr start, or receipt-ocr --continuous.');
  for (const agent of agents) {
    printLine('');
    printLine(colour.bold(`agent ${agent.pid}, version ${agent.version}`));
    printPairs(pairsOf(agent));
  }
}

function serviceSentence({ installed, loaded, pid, version, last_exit }: ServiceReport): string {
  if (!installed) return 'not installed';
  if (!loaded) return `${version} installed, stopped`;
  return pid === null
    ? `${version} loaded, not running (last exit ${last_exit ?? 'unknown'})`
    : `${version}, process ${pid}`;
}

function healthSentence({ state, level, since, reason }: EngineHealth): string {
  const how = level === '' ? state : `${state}, level ${level}`;
  return reason === null ? how : `${how}, since ${since}: ${reason}`;
}

function pairsOf(agent: ProgramStatus): readonly (readonly [string, string])[] {
  const { engine, counts, queue, last_error, trouble } = agent;
  return [
    ['state', agent.state],
    ['engine', `${engine.name} ${engine.version}, ${agent.concurrency} at once`],
    ...(engine.health ? [['health', healthSentence(engine.health)] as const] : []),
    ['place', agent.place],
    ['in hand', String(agent.in_hand)],
    ['done', `${counts.done}, ${agent.images_per_minute} a minute`],
    ['failed', String(counts.failed)],
    ['queue', queue ? `${queue.ready} ready, ${queue.inFlight} in flight, ${queue.dead} dead` : 'does not answer'],
    ['last error', last_error ? `${last_error.at} ${last_error.message} (${last_error.code})` : 'none'],
    ...(trouble ? [['waiting', `since ${trouble.at}: ${trouble.message}`] as const] : []),
  ];
}
