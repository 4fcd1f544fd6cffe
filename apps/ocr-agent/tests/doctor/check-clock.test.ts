import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkClock } from '../../src/doctor/home-checks.ts';
import type { HomeSettings } from '../../src/home/agent-home.ts';

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

let server: Server;
let queueUrl: string;
let folder: string;
let skew_ms: number;

beforeEach(async () => {
  skew_ms = 0;
  server = createServer((_, answer) => {
    answer.sendDate = false;
    answer.setHeader('date', new Date(Date.now() + skew_ms).toUTCString());
    answer.end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  queueUrl = `http://127.0.0.1:${address.port}/ocr-queue`;
  folder = mkdtempSync(join(tmpdir(), 'clock-'));
});
afterEach(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

function outputsWith(ocr_job_queue_url: string): HomeSettings {
  const outputs = join(folder, 'outputs.json');
  writeFileSync(outputs, JSON.stringify({ dev: { ocr_job_queue_url } }));
  return { ...NOTHING, outputs };
}

describe('the clock', () => {
  it.each([
    ['well', 1_000, 'ok'],
    ['off', 120_000, 'warning'],
    ['too far off for AWS', 3_600_000, 'failed'],
  ])(
    'is found %s by the queue’s own answer, also where the deploy’s outputs name the queue',
    async (_, ms, verdict) => {
      skew_ms = ms;
      expect(await checkClock({ ...NOTHING, ocr_job_queue_url: queueUrl })).toMatchObject({ verdict });
      expect(await checkClock(outputsWith(queueUrl))).toMatchObject({ verdict });
    },
  );

  it('is one finding among others where the queue’s URL is none', async () => {
    expect(await checkClock({ ...NOTHING, ocr_job_queue_url: 'ocr-queue' })).toMatchObject({ verdict: 'failed' });
  });

  it('is one with its machine where there is no AWS', async () => {
    expect(await checkClock({ ...NOTHING, data: '/data' })).toMatchObject({ verdict: 'ok' });
  });
});
