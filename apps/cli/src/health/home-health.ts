import type { Health } from '@slipstream/api-contract';
import type { AgentStatus } from '@slipstream/ocr';
import { queueDepthView } from '@slipstream/shared';
import type { Home } from '../home/open-home.ts';
import { type HomeProblem, homeProblems } from './home-problems.ts';

/** The answer of GET /health: what waits, what reads, and what a person has to solve. */
export async function homeHealth(
  home: Home,
  options: {
    readonly imageBytesMax: number;
    readonly collections: readonly string[];
    readonly agent: () => Pick<AgentStatus, 'engine'> | null;
  },
): Promise<Health> {
  const engine = options.agent()?.engine ?? null;
  const problems = [...(await homeProblems(home, options)), ...engineProblems(engine)];
  const entries = Object.entries(home.queues);
  const queues = entries.map(async ([name, queue]) => [name, queueDepthView(await queue.depth())] as const);
  return {
    status: problems.some(({ stops }) => stops) ? 'failing' : problems.length > 0 ? 'degraded' : 'ok',
    queues: Object.fromEntries(await Promise.all(queues)),
    agent: engine?.name ?? 'starting',
    problems: problems.map(({ code, message }) => ({ code, message })),
  };
}

function engineProblems(engine: AgentStatus['engine'] | null): readonly HomeProblem[] {
  const health = engine?.health ?? null;
  if (health === null || health.state === 'ok') return [];
  const message = `The OCR engine is ${health.state} since ${health.since}: ${health.reason ?? 'it does not say why'}`;
  return [{ code: 'ENGINE_DEGRADED', message, stops: false }];
}
