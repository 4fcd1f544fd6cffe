import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Random } from '@slipstream/testing';
import { afterAll, expect, test } from 'vitest';
import { analyseLogs } from '../src/logs/analyse-log.ts';
import { LOG_KINDS, simulatedLog } from './logs/simulated-log.ts';

const folder = mkdtempSync(join(tmpdir(), 'h-doctor-logs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const SETS = Number(process.env.DOCTOR_LOGS ?? 40);

async function verdictOf(text: string | Buffer, name = 'log'): Promise<Awaited<ReturnType<typeof analyseLogs>>> {
  const path = join(folder, name);
  writeFileSync(path, text);
  return analyseLogs([path]);
}

test(`verdicts of ${SETS * LOG_KINDS.length} simulated sets are right in 97 of 100, and never a wrong pattern on tiny ones`, async () => {
  const wrong: string[] = [];
  for (const kind of LOG_KINDS)
    for (let seed = 1; seed <= SETS; seed += 1) {
      const random = new Random(seed * 7919 + kind.length);
      const size = random.pick([10, 12, 20, 40, 100, 500]);
      const { verdict, p_value } = await verdictOf(simulatedLog(kind, size, random));
      const isRight = verdict === kind || (verdict === 'not-enough-evidence' && size <= 20);
      if (!isRight) wrong.push(`${kind} of ${size}, seed ${seed}: ${verdict} (p ${p_value})`);
    }
  expect(wrong.length / (SETS * LOG_KINDS.length), wrong.slice(0, 20).join('\n')).toBeLessThanOrEqual(0.03);
});

test.each([
  ['saturation', (at: number) => at >= 26],
  ['random-loss', (at: number) => at % 3 === 1],
] as const)('requests one after the other, minutes apart, show a pattern, too: %s', async (kind, isTimeOut) => {
  const lines = Array.from({ length: 80 }, (_, at) => {
    const [id, start] = [
      `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
      Date.UTC(2026, 0, 1) + at * 180_000,
    ];
    const ms = isTimeOut(at) ? 30_000 : 900;
    const [begin, end] = [new Date(start).toISOString(), new Date(start + ms).toISOString()];
    const cut = isTimeOut(at) ? `${end} ${id} Task timed out after 30.00 seconds\n` : '';
    return `${begin} START RequestId: ${id} Version: 7\n${cut}${end} END RequestId: ${id}\n${end} REPORT RequestId: ${id}\tDuration: ${ms}.00 ms\n`;
  });
  expect((await verdictOf(lines.join(''))).verdict).toBe(kind);
});

test('two or three requests are not enough evidence for a pattern', async () => {
  for (const kind of ['saturation', 'random-loss'] as const)
    for (let seed = 1; seed <= 20; seed += 1)
      expect(['not-enough-evidence', 'healthy', 'all-fail']).toContain(
        (await verdictOf(simulatedLog(kind, 3, new Random(seed)))).verdict,
      );
});

test('a gzipped export that was cut off, and a line of 5 MB, are read as far as they go', async () => {
  const text = simulatedLog('all-fail', 40, new Random(3));
  const cut = gzipSync(text);
  expect((await verdictOf(cut.subarray(0, cut.length - 40), 'cut.gz')).requests).toBeGreaterThan(10);
  const { verdict } = await verdictOf(`${'x'.repeat(5_000_000)} ERROR ${'y'.repeat(100)}\n${text}`);
  expect(verdict).toBe('all-fail');
});

test('traces of Python, Node and Java are read into exception, meaning and one’s own frame', async () => {
  const { traces, hosts } = await verdictOf(
    [
      '2026-01-05T23:35:22.000Z START RequestId: 11111111-1111-4111-8111-111111111111 Version: 1',
      '[ERROR] ConnectTimeoutError: Connect timeout on endpoint URL: "https://acme.s3.eu-west-1.amazonaws.com/a.pdf"',
      'Traceback (most recent call last):',
      '  File "/var/task/app/handler.py", line 12, in lambda_handler',
      '    store(doc)',
      '  File "/var/task/app/storage.py", line 84, in store',
      '    client.put_object(Bucket=bucket)',
      '  File "/var/runtime/botocore/client.py", line 391, in _make_request',
      '    raise ConnectTimeoutError(endpoint_url=request.url)',
      'botocore.exceptions.ConnectTimeoutError: Connect timeout on endpoint URL: "https://acme.s3.eu-west-1.amazonaws.com/a.pdf"',
      '2026-01-05T23:35:32.000Z REPORT RequestId: 11111111-1111-4111-8111-111111111111\tDuration: 9800.00 ms\tStatus: error',
      '2026-01-05T23:36:22.000Z\t22222222-2222-4222-8222-222222222222\tERROR\tInvoke Error Error: connect ETIMEDOUT 10.0.1.7:6379',
      '    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1611:16)',
      '    at connect (/var/task/node_modules/ioredis/built/index.js:10:1)',
      '    at loadCart (/var/task/src/cart.js:42:9)',
      'ERROR java.lang.RuntimeException: failed',
      '\tat software.amazon.awssdk.core.Client.call(Client.java:1)',
      '\tat com.acme.orders.Handler.handle(Handler.java:31)',
      'Caused by: java.net.SocketTimeoutException: Read timed out',
      '\tat java.net.Socket.read(Socket.java:1)',
      '',
    ].join('\n'),
  );
  expect(traces.map(({ frame }) => frame)).toEqual(
    expect.arrayContaining([
      '/var/task/app/storage.py:84 in store',
      '/var/task/src/cart.js:42 in loadCart',
      'com.acme.orders.Handler.handle(Handler.java:31)',
    ]),
  );
  expect(traces.find(({ exception }) => exception.includes('ConnectTimeout'))?.meaning).toContain('drops packets');
  expect(hosts.find(({ host }) => host.startsWith('acme.s3'))?.service).toBe('s3');
});
