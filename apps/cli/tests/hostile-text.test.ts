import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createServer as createSocketServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Agents, putDocument } from '@slipstream/records';
import { createLogger, sha256Hex } from '@slipstream/runtime';
import { imageIdOf, merchantIdOfKey } from '@slipstream/shared';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openHome } from '../src/home/open-home.ts';
import { end, runSlipstream, startDev } from './dev-process.ts';
import { png } from './png.ts';

/** Clipboard, clear screen, conceal, 8-bit CSI, direction override, zero-width space: one of each kind. */
const HOSTILE = '\u001b]52;c;ZXZpbA==\u0007\u001b[2J\u001b[8mHID\u009b31m\u202egpj\u200b';
/** All that may not be in any output, beside line ends, which are the program's own (CSV's are CR LF). */
const NOT_TEXT = /(?!\r?\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const MERCHANT = merchantIdOfKey('phone', '1');
const BYTES = png('hostile');
const IMAGE = imageIdOf(sha256Hex(BYTES));
const logger = createLogger({ name: 'test', level: 'silent', destination: { write: () => {} } });

let folder = '';
let data = '';
let letterId = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipstream-hostile-'));
  data = join(folder, 'data');
  const dev = await startDev(data, '--engine', 'null');
  const file = join(folder, `${HOSTILE.replaceAll('/', '')}.png`);
  await writeFile(file, BYTES);
  await writeFile(join(folder, `bad${HOSTILE}.jpg`), 'no image');
  await runSlipstream('submit', file, '--wait', '--data', data);
  await runSlipstream('submit', join(folder, `bad${HOSTILE}.jpg`), '--wait', '--data', data);
  await end(dev.child, 'SIGTERM');
  await makeHostile();
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

/** As a stranger's paper, a stranger's agent and a stranger's error message could make it. */
async function makeHostile(): Promise<void> {
  const home = await openHome(data, logger);
  const record = await home.receipts.get(IMAGE, '00001');
  if (!record) throw new Error('the receipt is missing');
  const field = (value: string) => ({ value, text: value, confidence: 0.9, words: [] });
  const document = await home.receipts.document(record);
  const hostile = {
    ...document,
    merchant: {
      name: field(HOSTILE),
      address: field(HOSTILE),
      phone: field(HOSTILE),
      website: field(HOSTILE),
      tax_id: field(HOSTILE),
    },
    receipt_number: field(HOSTILE),
    line_items: [{ description: field(HOSTILE), quantity: null, unit_price: null, amount: field('1.00') }],
    discounts: [{ label: field(HOSTILE), amount: field('-1.00') }],
    taxes: [{ label: field(HOSTILE), rate: null, amount: field('0.10') }],
    payment: { ...document.payment, method: field(HOSTILE) },
    reasons: [{ code: document.reasons[0]?.code ?? 'LOW_CONFIDENCE', message: HOSTILE }],
  };
  await putDocument(home.artifacts, record.object_key, z.any(), hostile);
  await home.records.transact([home.merchants.createWrite(MERCHANT, `M ${HOSTILE}`)]);
  const stored = await home.receipts.get(IMAGE, '00001');
  if (!stored) throw new Error('the receipt is missing');
  const named = { ...stored, merchant_name: HOSTILE, merchant_id: MERCHANT, revision: stored.revision + 1 };
  await home.records.write({ kind: 'put', record: named });
  await home.merchantReceipts.followReceipt(null, named);
  await home.queues['ocr-queue'].send({ image_id: HOSTILE, job_id: HOSTILE, s3_bucket: HOSTILE, s3_key: HOSTILE });
  const [delivery] = await home.queues['ocr-queue'].receive({ max: 1, waitMs: 0, visibilityMs: 30_000 });
  await delivery?.reject({ code: 'MESSAGE_INVALID', message: HOSTILE, details: { [HOSTILE]: HOSTILE } });
  const agent = {
    agent_id: HOSTILE,
    host: HOSTILE,
    pid: 1,
    version: HOSTILE,
    engine: HOSTILE,
    engine_version: HOSTILE,
    state: 'working',
    in_hand: 0,
    done: 0,
    failed: 0,
    started_at: new Date(home.clock.now()).toISOString(),
  } as const;
  await new Agents(home.records, home.clock).report(agent, 600_000);
  const dead = await home.queues['ocr-queue'].dead.list({ limit: 10 });
  letterId = dead.items[0]?.id ?? '';
  await home.close();
}

describe('no text from outside steers the terminal', () => {
  it.each([
    ['list'],
    ['list', '--failed'],
    ['show', IMAGE],
    ['show', `${IMAGE}/1`],
    ['export', '--format', 'csv'],
    ['export', '--format', 'csv', '--items'],
    ['export', '--format', 'json'],
    ['queues'],
    ['agents'],
    ['merchants', 'list'],
    ['merchants', 'list', '--name', HOSTILE],
    ['merchants', 'show', MERCHANT],
    ['merchants', 'rename', MERCHANT, `N ${HOSTILE}`],
    ['merchants', 'assign', `${IMAGE}/1`, MERCHANT],
    ['merchants', 'show', HOSTILE],
    ['index', 'status'],
    ['index', 'verify'],
    ['reprocess', HOSTILE],
    ['show', HOSTILE],
    ['submit', `/nowhere/${HOSTILE}`],
    ['parse', `/nowhere/${HOSTILE}`],
    ['watch', `/nowhere/${HOSTILE}`],
    ['dead', 'list'],
    ['dead', 'show', 'LETTER'],
    ['dead', 'show', HOSTILE],
    ['dead', 'redrive', '--dry-run'],
  ])('slipstream %s %s %s', async (...verb) => {
    const args = verb.map((arg) => (arg === 'LETTER' ? letterId : arg));
    const withData = args[0] === 'parse' ? args : [...args, '--data', data];
    for (const format of args[0] === 'export' ? [[]] : [[], ['--json']]) {
      const { out, err } = await runSlipstream(...withData, ...format);
      expect(out + err).not.toBe('');
      expect(out + err).not.toMatch(NOT_TEXT);
    }
  });

  const runReceiptOcr = (args: readonly string[], env: Record<string, string> = {}) =>
    new Promise<string>((resolve) => {
      const program = fileURLToPath(new URL('../../ocr-agent/dist/receipt-ocr.js', import.meta.url));
      const options = { env: { ...process.env, ...env } };
      execFile(process.execPath, [program, ...args], options, (_, out, err) => resolve(out + err));
    });

  it.each([[[]], [['--json']]])('receipt-ocr names a hostile file %s', async (format) => {
    const files = [join(folder, `bad${HOSTILE}.jpg`), `/nowhere/${HOSTILE}`];
    const printed = await runReceiptOcr([...files, '--engine', 'null', ...format]);
    expect(printed).toContain('HID');
    expect(printed).not.toMatch(NOT_TEXT);
  });

  it.each([[[]], [['--json']]])('receipt-ocr status repeats what a hostile agent says %s', async (format) => {
    const runDir = await mkdtemp(join(folder, 'run-'));
    const error = { code: HOSTILE, message: HOSTILE, at: HOSTILE };
    const health = { state: 'degraded', level: HOSTILE, since: HOSTILE, reason: HOSTILE };
    const status = {
      state: HOSTILE,
      version: HOSTILE,
      pid: process.pid,
      place: HOSTILE,
      engine: { name: HOSTILE, version: HOSTILE, health },
      concurrency: 1,
      started_at: HOSTILE,
      in_hand: 0,
      counts: { done: 0, failed: 0, retried: 0, unneeded: 0, called_off: 0 },
      images_per_minute: 0,
      last_job: null,
      last_error: error,
      trouble: error,
      queue: null,
    };
    const agent = createSocketServer((socket) => void socket.end(JSON.stringify(status)));
    await new Promise<void>((resolve) => agent.listen(join(runDir, `agent-${process.pid}.sock`), resolve));
    const printed = await runReceiptOcr(['status', ...format], { SLIPSTREAM_RUN_DIR: runDir });
    agent.close();
    expect(printed).toContain('HID');
    expect(printed).not.toMatch(NOT_TEXT);
  });

  it.each([[[]], [['--json']]])('demo names a hostile file %s', async (format) => {
    const files = [join(folder, `${HOSTILE.replaceAll('/', '')}.png`), join(folder, `bad${HOSTILE}.jpg`)];
    const { out, err } = await runSlipstream('demo', ...files, '--engine', 'null', ...format);
    expect(out).toContain('HID');
    expect(out + err).not.toMatch(NOT_TEXT);
  });

  it.each([[[]], [['--json']]])('login repeats what a hostile issuer says %s', async (format) => {
    const issuer = createServer((request, response) => {
      const url = `http://127.0.0.1:${portOf(issuer)}`;
      const discovery = {
        issuer: url,
        authorization_endpoint: `${url}/authorize`,
        token_endpoint: `${url}/token`,
        device_authorization_endpoint: `${url}/device`,
      };
      const device = {
        device_code: 'code',
        user_code: HOSTILE,
        verification_uri: `${url}/${HOSTILE}`,
        verification_uri_complete: `${url}/${HOSTILE}`,
        expires_in: 60,
        interval: 0.1,
      };
      const refusal = { error: HOSTILE, error_description: HOSTILE };
      const isDiscovery = request.url?.includes('.well-known') ?? false;
      const isDevice = request.url?.startsWith('/device') ?? false;
      response.writeHead(isDiscovery || isDevice ? 200 : 400, { 'content-type': 'application/json' });
      response.end(JSON.stringify(isDiscovery ? discovery : isDevice ? device : refusal));
    });
    await new Promise<void>((resolve) => issuer.listen(0, '127.0.0.1', resolve));
    const outputs = join(folder, 'outputs.json');
    const api_issuer = `http://127.0.0.1:${portOf(issuer)}`;
    const stack = { api_url: 'https://api.example', api_audience: 'slipstream-cli', api_issuer };
    await writeFile(outputs, JSON.stringify({ [`stack-${HOSTILE}`]: stack }));
    const { code, out, err } = await runSlipstream('login', '--outputs', outputs, ...format);
    issuer.close();
    issuer.closeAllConnections();
    expect([code, err]).toEqual([1, expect.stringContaining('HID')]);
    expect(out + err).not.toMatch(NOT_TEXT);
  });
});
