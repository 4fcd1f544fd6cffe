import { spawnSync } from 'node:child_process';
import path from 'node:path';
import type { OcrDocument } from '@slipstream/shared';
import { z } from 'zod';
import { isoDay, ordersOf, scanDates } from '../../../src/dates/scan-dates.ts';
import { parseDocument, readDocument } from '../../../src/index.ts';
import { fold } from '../../../src/text/fold.ts';
import type { WildKey } from '../wild/wild-key.ts';
import type { PeerReading } from './peer-reading.ts';

const IDS = { image_id: '00000000-0000-5000-8000-000000000000' };
const PEER = path.join(import.meta.dirname, 'amagi_peer.py');
const PEER_PACKAGE = 'amagi-receipts-to-csv==0.1.0';
/** A few hundred receipts take it seconds. */
const PEER_TIMEOUT_MS = 120_000;
const OUTPUT_BYTES_MAX = 64 * 1024 * 1024;

export interface PeerReceipt {
  readonly id: string;
  readonly document: OcrDocument;
  readonly key: WildKey;
}

export function readOwn({ document }: PeerReceipt): PeerReading {
  const [receipt] = parseDocument(document, IDS);
  return {
    merchant: receipt?.merchant.name?.text ?? null,
    date: receipt?.date?.value ?? null,
    total: receipt?.total?.value ?? null,
    accepted: receipt !== undefined && !receipt.needs_review,
  };
}

/** The floor: the first row with letters, the largest amount with decimals, the first date; everything is accepted. */
export function readNaive({ document }: PeerReceipt): PeerReading {
  const rows = readDocument(document, IDS)[0]?.rows ?? document.lines.map(({ text }) => text);
  const amounts = rows.flatMap((row) =>
    [...row.matchAll(/(?<![\d.,])\d{1,6}[.,]\d\d(?!\d)/g)].map(([text]) => Number(text.replace(',', '.'))),
  );
  const date = rows.flatMap((row) => scanDates(fold(row)))[0];
  const order = date === undefined ? undefined : ordersOf(date)[0];
  return {
    merchant: rows.find((row) => /\p{L}{2}/u.test(row)) ?? null,
    date: date === undefined || order === undefined ? null : isoDay(date, order),
    total: amounts.length === 0 ? null : Math.max(...amounts).toFixed(2),
    accepted: true,
  };
}

const peerOutput = z.object({
  id: z.string(),
  merchant: z.string().nullable(),
  date: z.string().nullable(),
  total: z.string().nullable(),
  accepted: z.boolean(),
});

/** The peer's readings by receipt; null with a loud word where no Python has it. */
export function readPeer(
  python: string,
  receipts: readonly PeerReceipt[],
  day_first: boolean,
): Map<string, PeerReading> | null {
  const asked = receipts.map(({ id, document: { image, lines } }) =>
    JSON.stringify({
      id,
      day_first,
      boxes: lines.map(({ text, quad }) => ({
        text,
        corners: quad.map(([x, y]) => [x * image.width, y * image.height]),
      })),
    }),
  );
  const { status, stdout, stderr, error } = spawnSync(python, [PEER], {
    input: `${asked.join('\n')}\n`,
    encoding: 'utf8',
    timeout: PEER_TIMEOUT_MS,
    maxBuffer: OUTPUT_BYTES_MAX,
  });
  if (error !== undefined || status !== 0) {
    // A Python without the package ends before it has read its input: its own last words say more than EPIPE.
    const why = stderr?.trim().split('\n').at(-1) || error?.message || `exit code ${status}`;
    console.log(
      `SKIPPED eval:peers, the peer: ${python} cannot run it (${why}). Install it: python3 -m venv DIR && DIR/bin/pip install ${PEER_PACKAGE}, then --python DIR/bin/python`,
    );
    return null;
  }
  return new Map(
    stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => peerOutput.parse(JSON.parse(line)))
      .map(({ id, ...reading }) => [id, reading]),
  );
}
