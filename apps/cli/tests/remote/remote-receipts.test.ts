import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256Hex } from '@slipstream/runtime';
import { imageIdOf, systemClock } from '@slipstream/shared';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { ApiClient } from '../../src/remote/api-client.ts';
import { readStack } from '../../src/remote/read-stack.ts';
import { remoteReceipts } from '../../src/service/remote-receipts.ts';
import { waitForImages } from '../../src/service/wait-for-images.ts';
import { end, type RunningProgram, runSlipstream, spawnSlipstream, startDev } from '../dev-process.ts';
import { png } from '../png.ts';

/** The API is the one of `slipstream dev`, reached as a deployed one is: only over HTTP. */
let folder = '';
let dev: RunningProgram;
const outputs = () => join(folder, 'outputs.json');
const service = () =>
  remoteReceipts(new ApiClient({ url: dev.url, token: async () => 'token', clock: systemClock }), 'dev');
const slipstream = (...args: string[]) => runSlipstream(...args, '--outputs', outputs());

/** The port stands in the signed uploads, so it has to be known before. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipstream-remote-'));
  dev = await startDev(join(folder, 'data'), '--engine', 'null', '--port', String(await freePort()));
  await writeFile(outputs(), JSON.stringify({ 'slipstream-dev': { api_url: dev.url, api_audience: 'a' } }));
  vi.stubEnv('SLIPSTREAM_TOKEN', 'token');
  vi.stubEnv('XDG_CONFIG_HOME', join(folder, 'config'));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await end(dev.child, 'SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

it('submit --wait, list, show, export and reprocess work through the API alone', async () => {
  const bytes = png('remote');
  await writeFile(join(folder, 'remote.png'), bytes);
  const submitted = await slipstream('submit', join(folder, 'remote.png'), '--wait', '--json');
  expect(submitted).toMatchObject({ code: 0, err: '' });
  const id = imageIdOf(sha256Hex(bytes));
  expect(JSON.parse((await slipstream('show', `${id}/1`, '--json')).out)).toMatchObject({ image_id: id });
  expect((await slipstream('export')).out).toContain(id);
  await expect.poll(async () => (await slipstream('list', '--json')).out, { timeout: 20_000 }).toContain(id);
  expect(JSON.parse((await slipstream('reprocess', id, '--json')).out)).toMatchObject([{ generation: 2 }]);
});

it('a photograph over the size of a request goes by a signed upload; failures are listed', async () => {
  const large = Buffer.concat([png('large'), randomBytes(4_500_000)]);
  const remote = service();
  const { image_id, created } = await remote.submit({ bytes: large, file_name: 'large.png' });
  expect(created).toBe(true);
  const signal = AbortSignal.timeout(20_000);
  const [outcome] = await waitForImages(remote, systemClock, [image_id], () => {}, signal);
  expect(outcome?.job?.status).toBe('COMPLETED');
  const letter = await remote.submit({ bytes: Buffer.from('Dear Sir or Madam,'), file_name: 'letter.jpg' });
  await expect
    .poll(() => remote.failures(10), { timeout: 20_000 })
    .toContainEqual(expect.objectContaining({ id: letter.image_id, code: 'IMAGE_TYPE_UNSUPPORTED' }));
});

it('watch takes the failure of an earlier state of a file out of the list', async () => {
  const photographs = join(folder, 'photographs');
  await mkdir(photographs);
  const half = Buffer.from('half of a photograph');
  await writeFile(join(photographs, 'growing.png'), half);
  const watching = spawnSlipstream(['watch', photographs, '--outputs', outputs(), '--watch-stable', '0']);
  try {
    const failed = async () => (await service().failures(50)).map(({ id }) => id);
    await expect.poll(failed, { timeout: 20_000 }).toContain(imageIdOf(sha256Hex(half)));
    const whole = png('the whole of it');
    await writeFile(join(photographs, 'growing.png'), whole);
    await expect.poll(failed, { timeout: 20_000 }).not.toContain(imageIdOf(sha256Hex(half)));
    const image = await service().image(imageIdOf(sha256Hex(half)));
    expect(image?.job.status).toBe('FAILED'); // by its id it is still told
    const read = async () => (await service().image(imageIdOf(sha256Hex(whole))))?.job.status;
    await expect.poll(read, { timeout: 20_000 }).toBe('COMPLETED');
  } finally {
    await end(watching, 'SIGKILL');
  }
});

it('what does not exist is null, and a server that is gone is said to be', async () => {
  expect(await service().image(imageIdOf(sha256Hex(png('nobody'))))).toBeNull();
  const gone = new ApiClient({
    url: 'http://127.0.0.1:1',
    token: async () => '',
    clock: { ...systemClock, sleep: async () => {} },
  });
  await expect(remoteReceipts(gone, 'gone').failures(1)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
});

it('outputs are chosen by the name of the stack', async () => {
  expect(readStack({ stack: 'dev', outputs: outputs() }).name).toBe('slipstream-dev');
  expect(() => readStack({ stack: 'prod', outputs: outputs() })).toThrow(/slipstream-dev/);
  expect(() => readStack({ stack: 'nowhere', outputs: null })).toThrow(/slipstream login --stack nowhere/);
});
