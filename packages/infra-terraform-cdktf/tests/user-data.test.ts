import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { probeUrls } from '../src/nat-instance/guest-hosts.ts';
import { renderUserData } from '../src/nat-instance/user-data.ts';
import { synthesised } from './support/synthesised.ts';

const hasTerraform = spawnSync('terraform', ['version']).status === 0;
if (!hasTerraform) console.warn('USER DATA NOT EVALUATED: terraform is not installed.');

test.skipIf(!hasTerraform)('what Terraform makes of the user data is the script, byte for byte', () => {
  const stack = synthesised();
  const floating = stack.idOf('aws_network_interface');
  const facts = { id: 'eni-0123456789abcdef0', mac_address: '02:00:00:00:00:0b', private_ip: '10.0.0.200' };
  const expression = Object.entries(facts).reduce(
    (text, [attribute, value]) => text.replaceAll(`${floating}.${attribute}`, JSON.stringify(value)),
    String(stack.one('aws_launch_template').user_data).replace(/^\$\{(.*)\}$/s, '$1'),
  );
  const { TF_CLI_CONFIG_FILE: _, ...env } = process.env;
  const cwd = mkdtempSync(join(tmpdir(), 'slipstream-console-'));
  const { stdout, stderr } = spawnSync('terraform', ['console'], {
    cwd,
    env,
    input: `${expression}\n`,
    encoding: 'utf8',
  });
  const evaluated = Buffer.from(/"([A-Za-z0-9+/=]+)"/.exec(stdout)?.[1] ?? '', 'base64').toString();
  expect(evaluated, stderr).toBe(
    renderUserData({
      environment: 'dev',
      region: 'us-east-1',
      groupName: 'slipstream-dev-nat',
      launchHook: 'forwards',
      probeUrls: probeUrls('us-east-1'),
      privateCidrs: ['10.0.101.0/24', '10.0.102.0/24'],
      interface: { id: facts.id, mac: facts.mac_address, address: facts.private_ip, prefix: '24', gateway: '10.0.0.1' },
    }),
  );
});
