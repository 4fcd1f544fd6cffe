import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EC2 } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { Attempts } from '../../src/collect/aws/attempts.ts';
import { openClients } from '../../src/collect/aws/clients.ts';
import { probeStack } from '../../src/collect/aws/probe-stack.ts';
import { GUEST_QUESTIONS } from '../../src/probe/guest-report.ts';
import { emptySnapshot } from '../../src/snapshot/snapshot.ts';
import { startAlteringServer } from './altered-answers.ts';

const endpoint = inject('endpoint');
const canUnshare = spawnSync('unshare', ['-rn', 'true']).status === 0;
if (!canUnshare)
  process.stderr.write('NOT TESTED: the questions to a NAT guest want a network namespace (unshare -rn).\n');
const folder = mkdtempSync(join(tmpdir(), 'doctor-guest-'));
let server: Awaited<ReturnType<typeof startAlteringServer>>;
let instance = '';

/** What `nft list ruleset` prints on Amazon Linux 2023 with the NAT's one rule. */
const RULESET = `table ip nat {
	chain postrouting {
		type nat hook postrouting priority srcnat; policy accept;
		oifname "ens5" masquerade
	}
}
`;

beforeAll(async () => {
  if (!endpoint) return;
  server = await startAlteringServer(endpoint);
  process.env.AWS_ENDPOINT_URL = server.endpoint;
  const ec2 = new EC2({
    endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const { Instances } = await ec2.runInstances({ ImageId: 'ami-12c6146b', MinCount: 1, MaxCount: 1 });
  instance = Instances?.[0]?.InstanceId ?? '';
});
afterAll(() => {
  server?.stop();
  delete process.env.AWS_ENDPOINT_URL;
  rmSync(folder, { recursive: true, force: true });
});

/** An agent of Systems Manager: it runs the commands that it is sent, in a network namespace of its own. */
function runInGuest(setUp: string, ruleset: string | null): string {
  if (ruleset !== null) {
    const nft = join(folder, 'nft');
    writeFileSync(nft, `#!/bin/sh\ncat <<'EOF'\n${ruleset}EOF\n`);
    chmodSync(nft, 0o755);
  } else rmSync(join(folder, 'nft'), { force: true });
  const { stdout } = spawnSync('unshare', ['-rn', 'sh', '-c', [setUp, ...GUEST_QUESTIONS].join('\n')], {
    encoding: 'utf8',
    env: { PATH: `${folder}:${process.env.PATH}` },
  });
  return stdout;
}

async function ask(setUp: string, ruleset: string | null) {
  server.alterations.set('AmazonSSM.GetCommandInvocation', (body) =>
    JSON.stringify({
      ...JSON.parse(body),
      Status: 'Success',
      StandardOutputContent: runInGuest(setUp, ruleset),
    }),
  );
  const snapshot = emptySnapshot({ kind: 'aws', name: 'test', collected_at: new Date(0).toISOString() });
  snapshot.instances.push({
    id: instance,
    type: 't4g.nano',
    state: 'running',
    checks: 'ok',
    subnet_id: null,
    group_ids: [],
    source_dest_check: false,
    has_public_address: true,
    public_address: null,
    image: null,
    guest_forwards: null,
    guest_masquerades: null,
    interface_ids: [],
  });
  const attempts = new Attempts(() => {});
  const clients = await openClients({ region: 'eu-west-1', profile: null });
  await probeStack(clients, attempts, null, snapshot);
  expect(attempts.notes).toEqual([]);
  const [nat] = snapshot.instances;
  return { forwards: nat?.guest_forwards, masquerades: nat?.guest_masquerades, metrics: snapshot.metrics };
}

test.skipIf(!endpoint || !canUnshare)('a guest that does not forward, and has no rule, says so', async () => {
  expect(await ask('', null)).toMatchObject({ forwards: false, masquerades: false });
});

test.skipIf(!endpoint || !canUnshare)('one that forwards and masquerades says that, with its connections', async () => {
  const found = await ask('echo 1 > /proc/sys/net/ipv4/ip_forward', RULESET);
  expect(found).toMatchObject({ forwards: true, masquerades: true });
  for (const { name, value } of found.metrics) {
    expect(name).toBe('ConntrackUsedPercent');
    expect(value).toBeLessThanOrEqual(100);
  }
});

test.skipIf(!endpoint || !canUnshare)('forwarding without a masquerade rule is told apart', async () => {
  const found = await ask('echo 1 > /proc/sys/net/ipv4/ip_forward', 'table ip filter {\n}\n');
  expect(found).toMatchObject({ forwards: true, masquerades: false });
});
