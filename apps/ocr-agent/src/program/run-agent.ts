import { hostname } from 'node:os';
import type { AgentStatus, OcrEngine } from '@slipstream/ocr';
import { AGENT_VERSION, type Agent, beat, createAgent } from '@slipstream/ocr';
import { checkImage, type Logger } from '@slipstream/runtime';
import { systemClock } from '@slipstream/shared';
import { awakeCommand, stayAwakeWhileWorking } from '../awake/awake.ts';
import type { AgentHome } from '../home/agent-home.ts';
import { type AgentSettings, imageLimits } from '../settings/agent-settings.ts';
import type { ProgramStatus } from '../status/program-status.ts';
import { serveStatus } from '../status/status-server.ts';
import { stopOnSignals } from './stop-on-signals.ts';

/** Above the engine's own time-out, which says more: this one counts for engines that do not keep theirs. */
const ENGINE_GRACE_MS = 5_000;
/** Who asks for the status waits for 5 s, and without a network the queue takes longer to fail. */
const DEPTH_MS_MAX = 2_000;

/**
 * The agent as a program: with its status socket, its heartbeat, its signals, and the machine kept awake where that is
 * asked for. Returns what it did when it has been stopped or, without `continuous`, when the queue is drained.
 */
export async function runAgent(
  home: AgentHome,
  engine: OcrEngine,
  settings: AgentSettings,
  runDir: string,
  logger: Logger,
): Promise<AgentStatus> {
  const agent = createAgent({
    queue: home.queue,
    results: home.results,
    jobs: home.jobs,
    raw: home.raw,
    artifacts: home.artifacts,
    engine,
    clock: systemClock,
    logger,
    checkImage: (bytes) => checkImage(bytes, imageLimits(settings)),
    image_bytes_max: settings.image_bytes_max,
    concurrency: settings.concurrency,
    visibility_ms: settings.visibility_timeout_s * 1_000,
    ocr_ms_max: Math.max(settings.ocr_timeout_s * 1_000, engine.imageMsMax ?? 0) + ENGINE_GRACE_MS,
    until: settings.continuous ? 'stopped' : 'drained',
  });
  const server = await serveStatus(runDir, () => programStatus(agent, home), logger);
  const forgetSignals = stopOnSignals(agent, logger);
  const letSleep = keepAwake(agent, settings, logger);
  const ended = new AbortController();
  const heartbeat = beat(
    { agents: home.agents, status: () => agent.status(), self: self(), clock: systemClock, logger },
    ended.signal,
  );
  try {
    await agent.run();
  } finally {
    ended.abort();
    letSleep();
    forgetSignals();
    await Promise.all([heartbeat, server.close()]);
  }
  return agent.status();
}

async function programStatus(agent: Agent, home: AgentHome): Promise<ProgramStatus> {
  const answered = new AbortController();
  const queue = await Promise.race([
    home.queue.depth().catch(() => null), // a queue that cannot be asked is told by `trouble`
    systemClock.sleep(DEPTH_MS_MAX, answered.signal).then(() => null),
  ]);
  answered.abort();
  return { ...agent.status(), version: AGENT_VERSION, pid: process.pid, place: home.place, queue };
}

function self() {
  const host = hostname();
  return { agent_id: `${host}-${process.pid}`, host, pid: process.pid, version: AGENT_VERSION };
}

function keepAwake(agent: Agent, { awake }: AgentSettings, logger: Logger): () => void {
  if (!awake) return () => {};
  const command = awakeCommand(process.platform, process.pid);
  if (command !== null) return stayAwakeWhileWorking(agent.events, command, logger);
  logger.warn('--awake is for macOS: this machine sleeps as it is set to');
  return () => {};
}
