import { FakeClock, MemoryRecordStore } from '@slipstream/testing';
import { describe, expect, it } from 'vitest';
import { type AgentNews, Agents } from '../../src/repositories/agents.ts';

const NEWS: AgentNews = {
  agent_id: 'mac-1',
  host: 'mac',
  pid: 1,
  version: '0.1.0',
  engine: 'apple-vision',
  engine_version: '3',
  state: 'working',
  in_hand: 2,
  done: 7,
  failed: 1,
  started_at: '2026-01-01T00:00:00.000Z',
};
const MINUTE_MS = 60_000;

function home() {
  const clock = new FakeClock();
  return { clock, agents: new Agents(new MemoryRecordStore(), clock) };
}

describe('agents', () => {
  it('are listed in the order of their starts, with their newest word', async () => {
    const { clock, agents } = home();
    await agents.report({ ...NEWS, agent_id: 'mac-2', started_at: '2026-01-02T00:00:00.000Z' }, MINUTE_MS);
    await agents.report(NEWS, MINUTE_MS);
    await clock.advance(1_000);
    await agents.report({ ...NEWS, done: 8 }, MINUTE_MS);
    const listed = await agents.list();
    expect(listed.map(({ agent_id, done }) => [agent_id, done])).toEqual([
      ['mac-1', 8],
      ['mac-2', 7],
    ]);
    expect(listed[0]?.updated_at).toBe('2026-01-01T00:00:01.000Z');
  });

  it('are gone when they have not been heard of in time, and when they say so', async () => {
    const { clock, agents } = home();
    await agents.report(NEWS, MINUTE_MS);
    await agents.report({ ...NEWS, agent_id: 'mac-2' }, 3 * MINUTE_MS);
    await clock.advance(MINUTE_MS + 1_000);
    expect((await agents.list()).map(({ agent_id }) => agent_id)).toEqual(['mac-2']);
    expect(await agents.removeGone()).toBe(1);
    expect(await agents.removeGone()).toBe(0);
    await agents.remove('mac-2');
    expect(await agents.list()).toEqual([]);
  });
});
