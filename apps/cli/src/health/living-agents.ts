import { hostname } from 'node:os';
import { Agents } from '@slipstream/records';
import { isRunning } from '@slipstream/runtime';
import type { AgentRecord } from '@slipstream/shared';
import type { Operations } from '../home/operations.ts';

/**
 * The agents that have been heard of in time. One that was killed says nothing more: of those on this machine its
 * process tells at once that it is gone.
 */
export async function livingAgents({
  records,
  clock,
}: Pick<Operations, 'records' | 'clock'>): Promise<readonly AgentRecord[]> {
  const here = hostname();
  const agents = await new Agents(records, clock).list();
  return agents.filter(({ host, pid }) => host !== here || isRunning(pid));
}
