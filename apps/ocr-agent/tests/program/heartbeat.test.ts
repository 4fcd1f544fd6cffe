import { EventEmitter } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AgentEvents, AgentStatus } from '@slipstream/ocr';
import { beat } from '@slipstream/ocr';
import { Agents } from '@slipstream/records';
import { createLogger } from '@slipstream/runtime';
import { FakeClock, MemoryRecordStore } from '@slipstream/testing';
import { describe, expect, it, vi } from 'vitest';
import { awakeCommand, stayAwakeWhileWorking } from '../../src/awake/awake.ts';

const LOGGER = createLogger({ name: 'test', level: 'silent' });
const MINUTE_MS = 60_000;

function setUp() {
  const clock = new FakeClock();
  const agents = new Agents(new MemoryRecordStore(), clock);
  const report = vi.spyOn(agents, 'report');
  const status: { -readonly [K in keyof AgentStatus]: AgentStatus[K] } = {
    state: 'idle',
    engine: { name: 'null', version: '1', health: null },
    concurrency: 1,
    started_at: '2026-01-01T00:00:00.000Z',
    in_hand: 0,
    counts: { done: 0, failed: 0, retried: 0, unneeded: 0, called_off: 0 },
    images_per_minute: 0,
    last_job: null,
    last_error: null,
    trouble: null,
  };
  const self = { agent_id: 'mac-1', host: 'mac', pid: 1, version: '0.1.0' };
  const stop = new AbortController();
  const beating = beat({ agents, status: () => status, self, clock, logger: LOGGER }, stop.signal);
  return { clock, agents, report, status, stop, beating };
}

describe('the heartbeat', () => {
  it('comes with the start, and each 15 minutes while nothing is done', async () => {
    const { clock, report } = setUp();
    await clock.advance(0);
    expect(report).toHaveBeenCalledTimes(1);
    await clock.advance(60 * MINUTE_MS);
    expect(report).toHaveBeenCalledTimes(5);
  });

  it('comes within ten seconds of a change, and not again for the same state', async () => {
    const { clock, report, status } = setUp();
    await clock.advance(0);
    status.in_hand = 1;
    await clock.advance(10_000);
    expect(report).toHaveBeenCalledTimes(2);
    await clock.advance(5 * MINUTE_MS);
    expect(report).toHaveBeenCalledTimes(2);
    status.in_hand = 0;
    status.counts.done = 7;
    await clock.advance(10_000);
    expect(report).toHaveBeenCalledTimes(3);
    expect(report.mock.lastCall?.[0]).toMatchObject({ done: 7, engine: 'null' });
  });

  it('ends with the record removed, so that nobody lists an agent that has stopped', async () => {
    const { clock, agents, stop, beating } = setUp();
    await clock.advance(0);
    expect(await agents.list()).toHaveLength(1);
    stop.abort();
    await beating;
    expect(await agents.list()).toEqual([]);
  });

  it('is left to itself where the store does not answer, and keeps no stop waiting', async () => {
    const { clock, agents, report, status, stop, beating } = setUp();
    const remove = vi.spyOn(agents, 'remove');
    for (const call of [report, remove]) call.mockReturnValue(new Promise(() => {}));
    status.in_hand = 1;
    await clock.advance(10 * MINUTE_MS);
    expect(report.mock.calls.length).toBeGreaterThan(4);
    let isOver = false;
    void beating.then(() => {
      isOver = true;
    });
    stop.abort();
    await clock.advance(2_500);
    expect([isOver, remove.mock.calls.length]).toEqual([true, 1]);
  });

  it('is tried again soon when it cannot be written', async () => {
    const { clock, agents, report } = setUp();
    report.mockRejectedValueOnce(new Error('no network'));
    await clock.advance(10_000);
    expect(report).toHaveBeenCalledTimes(2);
    expect(await agents.list()).toHaveLength(1);
  });
});

describe('staying awake', () => {
  it('is what caffeinate does on macOS, as long as the agent lives, and nothing elsewhere', () => {
    expect(awakeCommand('darwin', 7)).toEqual({ file: 'caffeinate', args: ['-i', '-w', '7'] });
    expect(awakeCommand('linux', 7)).toBeNull();
  });

  it('lasts from the first job in hand to the last', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'awake-'));
    const script = join(folder, 'caffeinate');
    const pidFile = join(folder, 'pid');
    writeFileSync(script, `#!/bin/sh\necho $$ > ${pidFile}\nexec sleep 60\n`);
    chmodSync(script, 0o755);
    const events = new EventEmitter<AgentEvents>();
    const letGo = stayAwakeWhileWorking(events, { file: script, args: [] }, LOGGER);
    expect(existsSync(pidFile)).toBe(false);
    events.emit('job-started');
    events.emit('job-started');
    await vi.waitFor(() => expect(readFileSync(pidFile, 'utf8')).toMatch(/\d/), { timeout: 10_000 });
    const pid = Number(readFileSync(pidFile, 'utf8'));
    expect(() => process.kill(pid, 0)).not.toThrow();
    events.emit('idle');
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow(), { timeout: 10_000 });
    letGo();
    rmSync(folder, { recursive: true, force: true });
  });
});
