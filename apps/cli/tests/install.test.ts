import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { ProgramService, runCommand } from '@slipstream/service';
import { type FakeTools, fakeTools } from '@slipstream/testing';
import { parse } from 'plist';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEV_SERVICE } from '../src/local/dev-service.ts';
import { spawnSlipstream } from './dev-process.ts';

const COMMAND = ['/opt/node', '/home/ann/my checkout/slipstream.js', 'dev', '--data', '/home/ann/a "b" $c %d'] as const;
const ENV = { AWS_SECRET_ACCESS_KEY: 'secret', OPENAI_API_KEY: 'key', LANG: 'de_DE.UTF-8' };

let tools: FakeTools;
let home = '';
beforeEach(() => {
  tools = fakeTools();
  home = tools.home;
});
afterEach(() => tools.dispose());

const service = (platform: 'darwin' | 'linux') =>
  new ProgramService(DEV_SERVICE, { platform, home, uid: 501, gid: 20, user: 'ann', system: false });

/** The built program, whose home is a folder of the test's. */
async function slipstream(...args: readonly string[]) {
  const child = spawnSlipstream(args, { HOME: home, XDG_RUNTIME_DIR: home });
  const said = { out: '', err: '' };
  child.stdout?.on('data', (chunk) => {
    said.out += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    said.err += chunk;
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, ...said };
}

describe('the unit of slipstream dev', () => {
  it('is a property list that launchd reads, with the command as it is and no key', () => {
    const job = parse(service('darwin').unit(COMMAND, ENV)) as Record<string, unknown>;
    expect(job).toMatchObject({
      Label: 'com.slipstream.slipstream',
      ProgramArguments: [...COMMAND],
      RunAtLoad: true,
      KeepAlive: true,
      Umask: 0o077,
      StandardErrorPath: join(home, 'Library/Logs/Slipstream/slipstream.log'),
      EnvironmentVariables: { HOME: home, LANG: 'de_DE.UTF-8' },
    });
    expect(JSON.stringify(job)).not.toMatch(/secret|"key"/);
    expect(service('darwin').layout.unitFile).toBe(join(home, 'Library/LaunchAgents/com.slipstream.slipstream.plist'));
  });

  it('is a unit that systemd finds valid, confined as the agent’s is', () => {
    const unit = service('linux').unit(['/bin/true', ...COMMAND.slice(1)], ENV);
    const lines = unit.split('\n');
    for (const line of ['NoNewPrivileges=yes', 'ProtectSystem=full', 'MemoryMax=75%', 'UMask=0077', 'Restart=always'])
      expect(lines).toContain(line);
    // As systemd.syntax(7) has it: $ and % would be expanded.
    expect(unit).toContain('"/home/ann/a \\"b\\" $$c %%d"');
    expect(unit).not.toMatch(/secret/);
    const folder = mkdtempSync(join(tmpdir(), 'slipstream-unit-'));
    try {
      writeFileSync(join(folder, 'slipstream.service'), unit);
      const verified = runCommand('systemd-analyze', [
        'verify',
        '--user',
        '--man=no',
        join(folder, 'slipstream.service'),
      ]);
      if (verified.code === null) return console.warn('skipped: systemd-analyze is not installed');
      expect(verified.stderr.split('\n').filter((line) => line.includes('slipstream.service'))).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it.each(['darwin', 'linux'] as const)('is installed, repeated, changed and removed on %s', (platform) => {
    const installed = service(platform);
    const { unitFile } = installed.layout;
    const unit = installed.unit(COMMAND, ENV);
    expect(installed.install(unit)).toBe(true);
    expect(readFileSync(unitFile, 'utf8')).toBe(unit);
    expect(installed.state()).toMatchObject({ installed: true, loaded: true, pid: 4242 });
    const before = tools.calls().filter((call) => / (bootstrap|start|restart) /.test(call)).length;
    expect(service(platform).install(unit)).toBe(false);
    expect(tools.calls().filter((call) => / (bootstrap|start|restart) /.test(call))).toHaveLength(before);
    const other = installed.unit([...COMMAND, '--port', '8080'], ENV);
    expect(installed.install(other)).toBe(true);
    expect(readFileSync(unitFile, 'utf8')).toBe(other);
    expect(installed.uninstall()).toBe(true);
    expect([existsSync(unitFile), installed.state().loaded]).toEqual([false, false]);
    expect(installed.uninstall()).toBe(false);
  });
});

describe.runIf(process.platform === 'linux')('slipstream install', () => {
  it('writes and starts a unit that runs this build with the settings given, paths absolute', async () => {
    const photographs = join(home, 'Pictures');
    mkdirSync(photographs);
    const args = ['--data', '~/receipts', '--watch', photographs, '--port', '8080'];
    const dry = await slipstream('install', ...args, '--dry-run');
    expect(dry.code).toBe(0);
    expect(existsSync(join(home, '.config'))).toBe(false);
    const done = await slipstream('install', ...args, '--json');
    expect(JSON.parse(done.out)).toMatchObject({ changed: true, data: join(home, 'receipts'), pid: 4242 });
    const unit = readFileSync(JSON.parse(done.out).unit_file, 'utf8');
    expect(unit).toBe(dry.out);
    const [, line = ''] = /^ExecStart=(.*)$/m.exec(unit) ?? [];
    const command = [...line.matchAll(/"([^"]*)"/g)].map(([, part]) => part ?? '');
    expect(command.slice(0, 2).every((path) => isAbsolute(path) && existsSync(path))).toBe(true);
    expect(command.slice(2, 9)).toEqual([
      ...['dev', '--data', join(home, 'receipts'), '--port', '8080', '--watch', photographs],
    ]);
    expect((await slipstream('install', ...args)).out).toContain('running already');
    expect((await slipstream('uninstall')).out).toContain('Removed');
    expect((await slipstream('uninstall')).out).toContain('not installed');
  });

  it('says what is wrong: a folder that is not there, a session that is missing', async () => {
    expect(await slipstream('install', '--watch', join(home, 'none'))).toMatchObject({
      code: 1,
      err: expect.stringContaining('is no folder'),
    });
    tools.withoutSession();
    expect(await slipstream('install')).toMatchObject({ code: 1, err: expect.stringContaining('enable-linger') });
  });
});
