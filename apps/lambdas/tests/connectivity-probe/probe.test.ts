import { Resolver } from 'node:dns/promises';
import { context } from '@slipstream/pipeline/testing';
import { createLogger } from '@slipstream/runtime';
import { systemClock } from '@slipstream/shared';
import {
  answering,
  type Certificate,
  makeCertificate,
  type SilentServer,
  silentAnswer,
  silentHandshake,
  silentListener,
  silentNameServer,
} from '@slipstream/testing/silent-servers';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createConnectivityProbe, type ProbeResult } from '../../src/connectivity-probe/connectivity-probe.ts';
import { meaningOf } from '../../src/connectivity-probe/probe-meaning.ts';
import { probeTargets } from '../../src/connectivity-probe/probe-targets.ts';
import { whoAnswered } from '../../src/connectivity-probe/who-answered.ts';

let certificate: Certificate;
beforeAll(async () => {
  certificate = await makeCertificate();
});
const open: SilentServer[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});
const opened = async <S extends SilentServer>(server: Promise<S>): Promise<S> => {
  const started = await server;
  open.push(started);
  return started;
};

const ports = { logger: createLogger({ name: 'test', level: 'silent' }), clock: systemClock };
const lookup = async () => ['127.0.0.1'];

/** Probes one server under the name of a target. */
async function probe(
  port: number,
  event: object = {},
  means: { lookup?: () => Promise<readonly string[]> } = {},
): Promise<ProbeResult> {
  const targets = probeTargets({ OPENAI_BASE_URL: `https://localhost:${port}/v1` });
  const run = createConnectivityProbe(ports, { targets, means: { lookup, ca: certificate.cert, ...means } });
  const [result] = await run({ targets: ['openai'], timeout_ms: 1_000, ...event }, context());
  if (!result) throw new Error('no result');
  return result;
}

describe('a server that is reachable', () => {
  it('is measured stage by stage; a 401 without a key is as it should be, and no key is sent', async () => {
    const server = await opened(answering(certificate, 401));
    const result = await probe(server.port);
    expect(result).toMatchObject({ target: 'openai', ok: true, status: 401, private: true, addresses: ['127.0.0.1'] });
    expect(result.error).toBeNull();
    for (const ms of [result.dns_ms, result.tcp_ms, result.tls_ms, result.http_ms])
      expect(ms).toBeGreaterThanOrEqual(0);
    expect(result.meaning).toContain('as it should without a key');
    expect(server.asked).toEqual([{ url: '/v1/models', headers: { host: 'localhost', connection: 'close' } }]);
  });

  it('but fails is reachable and not ok', async () => {
    const server = await opened(answering(certificate, 503));
    expect(await probe(server.port)).toMatchObject({ ok: false, status: 503, error: null });
  });

  it('can tell the address under which the internet sees this network', async () => {
    const server = await opened(answering(certificate, 200, '203.0.113.7\n'));
    const targets = {
      ...probeTargets({}),
      checkip: { url: new URL(`https://localhost:${server.port}/`), tells_address: true, is_aws: false },
    };
    const run = createConnectivityProbe(ports, { targets, means: { lookup, ca: certificate.cert } });
    expect(await run({ targets: ['checkip'] }, context())).toMatchObject([{ ok: true, public_ip: '203.0.113.7' }]);
  });
});

describe('a connection that hangs says where', () => {
  it('while the name is asked for', async () => {
    const nameServer = await opened(silentNameServer());
    const resolver = new Resolver({ timeout: 10_000, tries: 1 });
    resolver.setServers([`127.0.0.1:${nameServer.port}`]);
    const result = await probe(443, {}, { lookup: () => resolver.resolve4('api.example') });
    resolver.cancel();
    expect(result).toMatchObject({ ok: false, error: 'dns: TIMED_OUT', dns_ms: null, tcp_ms: null, addresses: [] });
    expect(result.meaning).toContain('no name server answered within 1000 ms');
  });

  it.runIf(process.platform === 'linux')('while connecting', async () => {
    const server = await opened(silentListener());
    const result = await probe(server.port);
    expect(result).toMatchObject({ ok: false, error: 'tcp: TIMED_OUT', tcp_ms: null, addresses: ['127.0.0.1'] });
    expect(result.dns_ms).not.toBeNull();
    expect(result.meaning).toMatch(/hung while connecting to localhost:\d+ at 127.0.0.1.*security group/);
  });

  it('in the TLS handshake', async () => {
    const server = await opened(silentHandshake());
    const result = await probe(server.port);
    expect(result).toMatchObject({ ok: false, error: 'tls: TIMED_OUT', tls_ms: null, http_ms: null });
    expect(result.tcp_ms).not.toBeNull();
    expect(result.meaning).toContain('hung in the TLS handshake');
  });

  it('waiting for the answer', async () => {
    const server = await opened(silentAnswer(certificate));
    const result = await probe(server.port);
    expect(result).toMatchObject({ ok: false, error: 'http: TIMED_OUT', status: null, http_ms: null });
    expect(result.tls_ms).not.toBeNull();
    expect(result.meaning).toContain('the request was sent, and no answer came within 1000 ms');
  });
});

describe('a connection that fails says how', () => {
  it('a name that nobody knows', async () => {
    const unknown = async () => Promise.reject(Object.assign(new Error('unknown'), { code: 'ENOTFOUND' }));
    expect(await probe(443, {}, { lookup: unknown })).toMatchObject({ error: 'dns: ENOTFOUND' });
    expect(await probe(443, {}, { lookup: async () => [] })).toMatchObject({ error: 'dns: ENOTFOUND' });
  });

  it('a port where nothing listens', async () => {
    const server = await silentHandshake();
    server.close();
    const result = await probe(server.port);
    expect(result).toMatchObject({ error: 'tcp: ECONNREFUSED' });
    expect(result.meaning).toContain('refused the connection');
  });

  it('a certificate of somebody else', async () => {
    const server = await opened(answering(await makeCertificate(), 200));
    const result = await probe(server.port);
    expect(result).toMatchObject({ ok: false, status: null });
    expect(result.error).toMatch(/^tls: /);
  });
});

describe('a burst', () => {
  it('tells how many of the connections that were opened at once came through', async () => {
    const server = await opened(answering(certificate, 200));
    const result = await probe(server.port, { bursts: 12, timeout_ms: 5_000 });
    expect(result.burst).toEqual({ asked: 12, ok: 12, failed: {} });
    expect(server.asked).toHaveLength(12);
  });

  it('in which the first come through and the rest hang shows one that hung', async () => {
    const server = await opened(answering(certificate, 200));
    let looked = 0;
    const limited = () => (++looked <= 3 ? Promise.resolve(['127.0.0.1']) : new Promise<never>(() => {}));
    const result = await probe(server.port, { bursts: 5 }, { lookup: limited });
    expect(result).toMatchObject({
      ok: false,
      error: 'dns: TIMED_OUT',
      burst: { asked: 5, ok: 3, failed: { dns: 2 } },
    });
  });
});

describe('the event', () => {
  const run = createConnectivityProbe(ports, { targets: probeTargets({}), means: { lookup } });
  it.each([
    { targets: ['https://169.254.169.254/latest/meta-data'] },
    { targets: ['http://evil.example'] },
    { url: 'https://evil.example' },
    { targets: [] },
    { timeout_ms: 1e9 },
    { bursts: 1_000 },
    'https://evil.example',
  ])('%j is refused with the names there are', async (event) => {
    await expect(run(event, context())).rejects.toThrow(/named, never given as a URL: checkip, openai, places/);
  });

  it('probes all targets where none is named, each by its own regional name', () => {
    const targets = probeTargets({ AWS_REGION: 'eu-central-1' });
    expect(Object.values(targets).map(({ url }) => url.host)).toEqual([
      'checkip.amazonaws.com',
      'api.openai.com',
      'places.googleapis.com',
      's3.eu-central-1.amazonaws.com',
      'dynamodb.eu-central-1.amazonaws.com',
      'sqs.eu-central-1.amazonaws.com',
      'secretsmanager.eu-central-1.amazonaws.com',
    ]);
  });
});

it('a hang on the way to a public address points at the NAT, not at an endpoint', () => {
  const nothing = { status: null, dns_ms: 1, tcp_ms: null, tls_ms: null, http_ms: null, body: '', headers: {} };
  const measured = { ...nothing, addresses: ['52.46.128.1'], failure: { stage: 'tcp' as const, code: 'TIMED_OUT' } };
  expect(meaningOf(probeTargets({}).sqs, measured, 5_000)).toMatch(/route 0\.0\.0\.0\/0 to a NAT/);
});

describe('a 403', () => {
  const measured = (body: string, headers: Record<string, string> = {}) => ({
    status: 403,
    dns_ms: 1,
    tcp_ms: 1,
    tls_ms: 1,
    http_ms: 1,
    addresses: ['10.0.0.5'],
    body,
    headers,
    failure: null,
  });
  const { openai, s3, sqs } = probeTargets({});

  it('of the host itself, which was asked without a key, is reachable', () => {
    expect(whoAnswered(openai, measured('{"error":"no key"}'))).toBe('the host');
    expect(whoAnswered(sqs, measured('<Error><Code>MissingAuthenticationToken</Code></Error>'))).toBe('the host');
  });

  it('of an endpoint policy is refused, and says which policy to change', () => {
    const body =
      '<Error><Code>AccessDenied</Code><Message>User: anonymous is not authorized to perform: s3:ListAllMyBuckets because no VPC endpoint policy allows the s3:ListAllMyBuckets action</Message></Error>';
    expect(whoAnswered(s3, measured(body))).toBe('an endpoint policy');
    expect(meaningOf(s3, measured(body), 1_000)).toMatch(/policy of a VPC endpoint refused.*allow this stack/);
    expect(whoAnswered(s3, measured('<Error><Code>AccessDenied</Code></Error>'))).toBe('an endpoint policy');
  });

  it('of an execute-api endpoint that takes over is another service', () => {
    const forbidden = measured('{"message":"Forbidden"}', { 'x-amzn-errortype': 'ForbiddenException' });
    expect(whoAnswered(openai, forbidden)).toBe('another service');
    expect(meaningOf(openai, forbidden, 1_000)).toMatch(/Another service answered.*private DNS/);
    const gateway = { ...openai, url: new URL('https://abc.execute-api.us-east-1.amazonaws.com/v1') };
    expect(whoAnswered(gateway, forbidden)).toBe('the host');
  });

  it('makes the result not ok, over a real connection', async () => {
    const server = await opened(answering(certificate, 403, '<Message>no VPC endpoint policy allows it</Message>'));
    expect(await probe(server.port)).toMatchObject({ ok: false, status: 403, error: null });
  });
});

it('goes to the places that are configured', () => {
  const targets = probeTargets({
    GOOGLE_PLACES_BASE_URL: 'https://places.example.com/',
    OPENAI_BASE_URL: 'http://m:11434/v1',
  });
  expect(targets.places.url.href).toBe('https://places.example.com/v1/places:autocomplete');
  expect(targets.openai.url.host).toBe('m:11434');
});
