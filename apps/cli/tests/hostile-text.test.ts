import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
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

  it('receipt-ocr names a hostile file', async () => {
    const program = fileURLToPath(new URL('../../ocr-agent/dist/receipt-ocr.js', import.meta.url));
    const files = [join(folder, `bad${HOSTILE}.jpg`), `/nowhere/${HOSTILE}`];
    for (const format of [[], ['--json']]) {
      const printed = await new Promise<string>((resolve) => {
        execFile(process.execPath, [program, ...files, '--engine', 'null', ...format], (_, out, err) =>
          resolve(out + err),
        );
      });
      expect(printed).toContain('HID');
      expect(printed).not.toMatch(NOT_TEXT);
    }
  });
});
