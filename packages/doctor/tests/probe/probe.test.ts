import { expect, test } from 'vitest';
import { diagnose, examine } from '../../src/examine.ts';
import { readGuestReport } from '../../src/probe/guest-report.ts';
import { probeAnswerSchema, probeFindings } from '../../src/probe/probe-findings.ts';
import { emptySnapshot } from '../../src/snapshot/snapshot.ts';

const snapshot = () => {
  const made = emptySnapshot({ kind: 'aws', name: 'dev', collected_at: '2026-01-05T00:00:00Z' });
  made.nat_gateways.push({
    id: 'nat-1',
    subnet_id: null,
    connectivity: 'public',
    state: 'available',
    public_addresses: ['203.0.113.9'],
  });
  return made;
};

const look = (answer: unknown) => probeFindings(probeAnswerSchema.parse(answer), 'probe', snapshot(), 'again');

test('what is reached is no finding, and the NAT’s own address is the one that others see', () => {
  expect(look([{ target: 'checkip', ok: true, public_ip: '203.0.113.9' }])).toEqual([]);
});

test('another address than the NAT’s is cause 25', () => {
  const [found] = look([{ target: 'checkip', ok: true, public_ip: '198.51.100.7' }]);
  expect(found).toMatchObject({ id: 'probe-address', causes: [25], certainty: 'measured' });
});

test.each([
  ['dns: ENOTFOUND', false, 19],
  ['tcp: TIMED_OUT', true, 20],
  ['tcp: TIMED_OUT', false, 13],
  ['tls: TIMED_OUT', false, 42],
  ['http: TIMED_OUT', false, 15],
])('%s over a private address %s names cause %i', (error, isPrivate, cause) => {
  const [found] = look([{ target: 's3', ok: false, private: isPrivate, error, meaning: 'it hung' }]);
  expect(found?.causes).toContain(cause);
  expect(found?.severity).toBe('error');
});

test('some of a burst pass and the rest hang: the NAT is full, or one of several ways is broken', () => {
  const [found] = look([{ target: 's3', ok: true, burst: { asked: 8, ok: 5, failed: { tcp: 3 } } }]);
  expect(found).toMatchObject({ id: 'probe-burst', causes: [42, 36] });
});

test('a NAT guest says whether it forwards and masquerades, and how full its table is', () => {
  expect(readGuestReport('ip_forward=0\nmasquerade=0\nconntrack=64000/65536\n')).toEqual({
    forwards: false,
    masquerades: false,
    connections_percent: 98,
  });
  expect(readGuestReport('ip_forward=1\nmasquerade=2\nconntrack=/\n')).toEqual({
    forwards: true,
    masquerades: true,
    connections_percent: null,
  });
  expect(readGuestReport('')).toEqual({ forwards: null, masquerades: null, connections_percent: null });
});

test('a full connection table is cause 42', () => {
  const made = snapshot();
  made.metrics.push({ resource_id: 'i-1', name: 'ConntrackUsedPercent', statistic: 'Maximum', value: 98, minutes: 1 });
  expect(diagnose(examine(made)).findings[0]?.causes).toEqual([42]);
});
