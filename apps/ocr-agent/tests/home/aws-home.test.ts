import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '@slipstream/runtime';
import { recordKeys, SlipstreamError } from '@slipstream/shared';
import { type AwsStoreOptions, openAwsStore } from '@slipstream/store-aws';
import { FakeClock, MemoryRecordStore } from '@slipstream/testing';
import { describe, expect, it, vi } from 'vitest';
import type { HomeSettings } from '../../src/home/agent-home.ts';
import { openAwsHome } from '../../src/home/aws-home.ts';
import { isOnAws } from '../../src/home/open-home.ts';
import { openPatiently } from '../../src/home/open-patiently.ts';
import { withOutputs } from '../../src/home/read-outputs.ts';

const NOTHING: HomeSettings = {
  data: null,
  ocr_job_queue_url: null,
  ocr_results_queue_url: null,
  dynamo_table_name: null,
  region: null,
  profile: null,
  raw_bucket: null,
  artifacts_bucket: null,
  outputs: null,
};
const DEPLOYED: HomeSettings = {
  ...NOTHING,
  ocr_job_queue_url: 'https://sqs.us-east-1.amazonaws.com/1/ocr-queue',
  ocr_results_queue_url: 'https://sqs.us-east-1.amazonaws.com/1/ocr-results-queue',
  dynamo_table_name: 'ReceiptsTable',
  region: 'us-east-1',
};
const AT = '2026-01-01T00:00:00.000Z';

async function table(config: boolean) {
  const records = new MemoryRecordStore();
  const record = {
    ...recordKeys.config(),
    type: 'CONFIG',
    revision: 1,
    created_at: AT,
    updated_at: AT,
    raw_bucket: 'raw-of-config',
    artifacts_bucket: 'artifacts-of-config',
  };
  if (config) await records.write({ kind: 'put', record });
  return (options: AwsStoreOptions) => ({ ...openAwsStore(options), records });
}

describe('a home on AWS', () => {
  it('finds its buckets in the CONFIG record that the deploy wrote', async () => {
    const home = await openAwsHome(DEPLOYED, await table(true));
    expect([home.raw.bucket, home.artifacts.bucket]).toEqual(['raw-of-config', 'artifacts-of-config']);
    expect([home.queue.name, home.results.name]).toEqual(['ocr-queue', 'ocr-results-queue']);
  });

  it('takes the buckets of the flags first', async () => {
    const home = await openAwsHome({ ...DEPLOYED, raw_bucket: 'mine' }, await table(true));
    expect([home.raw.bucket, home.artifacts.bucket]).toEqual(['mine', 'artifacts-of-config']);
  });

  it('stops before the first receive where nothing names the buckets, and names both remedies', async () => {
    const opening = openAwsHome(DEPLOYED, await table(false));
    await expect(opening).rejects.toThrow(/deploy again.*--raw-bucket.*--artifacts-bucket/s);
  });

  it.each(['ocr_job_queue_url', 'ocr_results_queue_url', 'dynamo_table_name'] as const)('needs %s', async (key) => {
    const opening = openAwsHome({ ...DEPLOYED, [key]: null }, await table(true));
    await expect(opening).rejects.toMatchObject({ code: 'CONFIGURATION_INVALID', details: { setting: key } });
  });
});

describe('the region', () => {
  const opened = async (settings: HomeSettings) => {
    const regions: (string | undefined)[] = [];
    const open = await table(true);
    await openAwsHome(settings, (options) => {
      regions.push(options.region);
      return open({ ...options, region: 'us-east-1' });
    });
    return regions;
  };

  it("is the queue's, where none is set", async () => {
    const url = 'https://sqs.eu-west-3.amazonaws.com/1/ocr-queue';
    expect(await opened({ ...DEPLOYED, region: null, ocr_job_queue_url: url })).toEqual(['eu-west-3', 'eu-west-3']);
  });

  it('that is set comes first', async () => {
    expect(await opened(DEPLOYED)).toEqual(['us-east-1', 'us-east-1']);
  });

  it('is asked for by name, where nothing says it', async () => {
    const settings = { ...DEPLOYED, region: null, ocr_job_queue_url: 'http://127.0.0.1:4566/1/ocr-queue' };
    await expect(opened(settings)).rejects.toThrow(/region is missing.*--region/);
  });
});

describe('where the home is', () => {
  it.each(['ocr_job_queue_url', 'ocr_results_queue_url', 'dynamo_table_name', 'outputs'] as const)(
    'is AWS where only %s is given: what is missing is said',
    (key) => expect(isOnAws({ ...NOTHING, data: '/data', [key]: 'x' })).toBe(true),
  );

  it('is this machine else', () => expect(isOnAws({ ...NOTHING, data: '/data' })).toBe(false));
});

describe("the deploy's outputs", () => {
  function outputs(json: unknown): HomeSettings {
    const folder = mkdtempSync(join(tmpdir(), 'outputs-'));
    const file = join(folder, 'outputs.json');
    writeFileSync(file, typeof json === 'string' ? json : JSON.stringify(json));
    return { ...NOTHING, outputs: file, region: 'eu-central-1' };
  }

  it.each([
    ['of one stack', { dev: { ocr_job_queue_url: 'https://q', region: 'us-east-1' } }],
    ['as Terraform prints them', { ocr_job_queue_url: { value: 'https://q', type: 'string' }, region: { value: 'x' } }],
  ])('%s fill in what no flag says', async (_, json) => {
    const settings = outputs(json);
    expect(await withOutputs(settings)).toMatchObject({ ocr_job_queue_url: 'https://q', region: 'eu-central-1' });
    rmSync(join(settings.outputs ?? '', '..'), { recursive: true });
  });

  it.each([
    ['no JSON', 'x'],
    ['nothing of ours', { dev: { bucket: 'b' } }],
  ])('with %s are refused', async (_, json) => {
    const settings = outputs(json);
    await expect(withOutputs(settings)).rejects.toMatchObject({ code: 'CONFIGURATION_INVALID' });
    rmSync(join(settings.outputs ?? '', '..'), { recursive: true });
  });
});

describe('opening a home that cannot be reached yet', () => {
  const HOME = { close: async () => {} };
  const setUp = (errors: SlipstreamError[]) => {
    const clock = new FakeClock();
    const lines: string[] = [];
    const logger = createLogger({ name: 'test', level: 'info', destination: { write: (line) => lines.push(line) } });
    const open = async () => {
      const error = errors.shift();
      if (error) throw error;
      return HOME;
    };
    const stop = new AbortController();
    return { clock, lines, stop, opening: openPatiently(open, clock, logger, stop.signal) };
  };
  const expired = () => new SlipstreamError('CREDENTIALS_EXPIRED', 'run "aws sso login"');

  it('waits, and says once what is wrong and what mends it', async () => {
    const { clock, lines, opening } = setUp(Array.from({ length: 10 }, expired));
    await clock.advance(3_600_000);
    expect(await opening).toBe(HOME);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('aws sso login');
  });

  it('gives up where waiting mends nothing, and when it is stopped', async () => {
    const wrong = setUp([new SlipstreamError('CONFIGURATION_INVALID', 'x')]);
    await expect(wrong.opening).rejects.toMatchObject({ code: 'CONFIGURATION_INVALID' });
    const stopped = setUp([expired()]);
    stopped.stop.abort();
    await stopped.clock.advance(1_000);
    expect(await stopped.opening).toBeNull();
  });

  it('is given up by a stop while it is opened, and what opens after that is closed', async () => {
    const stop = new AbortController();
    let isClosed = false;
    const close = async () => {
      isClosed = true;
    };
    let open = (_: { close: () => Promise<void> }) => {};
    const slow = new Promise<{ close: () => Promise<void> }>((resolve) => {
      open = resolve;
    });
    const logger = createLogger({ name: 'test', level: 'silent' });
    const opening = openPatiently(() => slow, new FakeClock(), logger, stop.signal);
    stop.abort();
    expect(await opening).toBeNull();
    open({ close });
    await vi.waitFor(() => expect(isClosed).toBe(true));
  });
});
