import { existsSync, mkdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type RunCommand, runCommand, type ServiceHost } from '@slipstream/service';
import { type FakeTools, fakeTools } from '@slipstream/testing';
import { parse } from 'plist';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AgentBuild } from '../../src/service/installed-versions.ts';
import { Service } from '../../src/service/service.ts';

/** Each install copies a build of some 200 MB. */
vi.setConfig({ testTimeout: 60_000 });

/** Of launchd.plist(5), macOS 15. */
const LAUNCHD_KEYS = new Set(
  `Label Disabled UserName GroupName inetdCompatibility LimitLoadToHosts LimitLoadFromHosts LimitLoadToSessionType
  LimitLoadToHardware LimitLoadFromHardware Program BundleProgram ProgramArguments EnableGlobbing EnableTransactions
  EnablePressuredExit OnDemand KeepAlive RunAtLoad RootDirectory WorkingDirectory EnvironmentVariables Umask TimeOut
  ExitTimeOut ThrottleInterval InitGroups WatchPaths QueueDirectories StartOnMount StartInterval StartCalendarInterval
  StandardInPath StandardOutPath StandardErrorPath Debug WaitForDebugger SoftResourceLimits HardResourceLimits Nice
  ProcessType AbandonProcessGroup LowPriorityIO LowPriorityBackgroundIO MaterializeDatalessFiles LaunchOnlyOnce
  MachServices Sockets LaunchEvents SessionCreate LegacyTimers AssociatedBundleIdentifiers`.split(/\s+/),
);

let tools: FakeTools;
let build: AgentBuild;

beforeEach(() => {
  tools = fakeTools();
  build = makeBuild('one');
});
afterEach(() => {
  tools.dispose();
  rmSync(build.dist, { recursive: true, force: true });
});

/** A build whose agent says its version and nothing more; the packages it needs are those of this checkout. */
function makeBuild(content: string): AgentBuild {
  const dist = join(import.meta.dirname, `../../dist-of-test-${process.pid}`);
  mkdirSync(dist, { recursive: true });
  writeFileSync(join(dist, 'receipt-ocr.js'), `console.log('0.1.0'); // ${content}\n`);
  return { version: '0.1.0', dist, prebuilds: join(dist, '../no-prebuilds'), node: '/bin/sh' };
}

/** The copied `node` is a shell here: trying it is told to have gone well, everything else runs. */
const run: RunCommand = (file, args) =>
  file.endsWith('bin/node') ? { code: 0, stdout: '0.1.0', stderr: '' } : runCommand(file, args);

function service(platform: 'darwin' | 'linux', host: Partial<ServiceHost> = {}) {
  const { home } = tools;
  return new Service({ platform, home, uid: 501, gid: 20, user: 'ann', system: false, ...host }, run);
}

const ARGS = ['--data', '/Users/ann/receipts', '--profile', 'slip stream'];
const ENV = { AWS_REGION: 'us-east-1', AWS_SECRET_ACCESS_KEY: 'secret', AWS_ACCESS_KEY_ID: 'key' };
const verbs = (name: string) =>
  tools.calls().filter((call) =>
    call
      .split(' ')
      .slice(1)
      .some((word) => word === name),
  );

describe('on macOS', () => {
  it('installs a copy, writes a LaunchAgent of known keys only, and loads it', () => {
    const mac = service('darwin');
    const { version, changed } = mac.install(build, ARGS, ENV);
    expect(changed).toBe(true);
    const { root, unitFile, logDir } = mac.layout;
    expect(unitFile).toBe(join(tools.home, 'Library/LaunchAgents/com.slipstream.receipt-ocr.plist'));
    expect(readlinkSync(join(root, 'current'))).toBe(version);
    expect(existsSync(join(root, 'current/bin/node'))).toBe(true);
    expect(existsSync(join(root, 'current/node_modules/sharp/package.json'))).toBe(true);
    const job = parse(readFileSync(unitFile, 'utf8'));
    if (typeof job !== 'object' || job === null) throw new Error('no property list');
    expect(Object.keys(job).filter((key) => !LAUNCHD_KEYS.has(key))).toEqual([]);
    expect(job).toMatchObject({
      Label: 'com.slipstream.receipt-ocr',
      ProgramArguments: [
        join(root, 'current/bin/node'),
        join(root, 'current/dist/receipt-ocr.js'),
        '--continuous',
        '--log-dir',
        logDir,
        ...ARGS,
      ],
      KeepAlive: true,
      RunAtLoad: true,
      ExitTimeOut: 45,
      ThrottleInterval: 60,
    });
    expect(verbs('bootstrap')).toEqual([`launchctl bootstrap gui/501 ${unitFile}`]);
    expect(mac.report()).toMatchObject({ installed: true, loaded: true, pid: 4242, version });
  });

  it('writes the region and the profile into the service, and never a key', () => {
    const mac = service('darwin');
    mac.install(build, ARGS, ENV);
    const text = readFileSync(mac.layout.unitFile, 'utf8');
    expect(text).toContain('us-east-1');
    expect(text).not.toContain('secret');
    expect(text).not.toContain('AWS_ACCESS_KEY_ID');
  });

  it('changes nothing when it is installed twice', () => {
    const mac = service('darwin');
    mac.install(build, ARGS, ENV);
    const before = tools.calls().length;
    expect(mac.install(build, ARGS, ENV).changed).toBe(false);
    expect(
      tools
        .calls()
        .slice(before)
        .filter((call) => !call.includes(' print ')),
    ).toEqual([]);
  });

  it('reads a changed plist anew: bootout before bootstrap', () => {
    const mac = service('darwin');
    mac.install(build, ARGS, ENV);
    mac.install(build, ['--data', '/elsewhere'], ENV);
    const order = tools.calls().map((call) => call.split(' ')[1]);
    expect(order.lastIndexOf('bootout')).toBeLessThan(order.lastIndexOf('bootstrap'));
    expect(verbs('bootstrap')).toHaveLength(2);
  });

  it('upgrades with one restart, and goes back with one', () => {
    const mac = service('darwin');
    const first = mac.install(build, ARGS, ENV).version;
    const second = mac.upgrade(makeBuild('two')).version;
    expect(second).not.toBe(first);
    expect(verbs('bootstrap')).toHaveLength(2);
    expect(mac.upgrade(makeBuild('two')).changed).toBe(false);
    expect(verbs('bootstrap')).toHaveLength(2);
    expect(mac.rollback().version).toBe(first);
    expect(verbs('bootstrap')).toHaveLength(3);
    expect(verbs('-k')).toEqual([]); // a kill without a drain
    expect(mac.report()).toMatchObject({ version: first, previous: second });
  });

  it('stops until it is started again, each harmless when repeated', () => {
    const mac = service('darwin');
    mac.install(build, ARGS, ENV);
    mac.stop();
    mac.stop();
    expect(mac.report()).toMatchObject({ installed: true, loaded: false, pid: null });
    expect(tools.isDisabled()).toBe(true);
    mac.start();
    mac.start();
    expect(tools.isDisabled()).toBe(false);
    expect(mac.report()).toMatchObject({ loaded: true });
    expect(verbs('bootstrap')).toHaveLength(2);
    mac.restart();
    expect(verbs('bootstrap')).toHaveLength(3);
  });

  it('is installed also where it was stopped and uninstalled before, or disabled by hand', () => {
    const mac = service('darwin');
    mac.install(build, ARGS, ENV);
    mac.stop();
    mac.uninstall();
    runCommand('launchctl', ['disable', 'gui/501/com.slipstream.receipt-ocr']);
    mac.install(build, ARGS, ENV);
    expect(mac.report()).toMatchObject({ loaded: true });
  });

  it('has stopped when it says so, though bootout answers while the agent still drains', () => {
    const mac = service('darwin');
    mac.install(build, ARGS, ENV);
    tools.drainsSlowly();
    mac.stop();
    expect(mac.report()).toMatchObject({ loaded: false, pid: null });
  });

  it('tells builds apart by their Node and their addon too', () => {
    const mac = service('darwin');
    const { version } = mac.install(build, ARGS, ENV);
    const withNode = mac.upgrade({ ...build, node: '/bin/ls' }).version;
    const addon = join(tools.home, 'addon');
    mkdirSync(addon);
    writeFileSync(join(addon, 'vision.node'), 'rebuilt');
    const withAddon = mac.upgrade({ ...build, node: '/bin/ls', prebuilds: addon }).version;
    expect(new Set([version, withNode, withAddon]).size).toBe(3);
  });

  it('uninstalls all of it but the logs, twice without harm', () => {
    const mac = service('darwin');
    mac.install(build, ARGS, ENV);
    mac.uninstall();
    mac.uninstall();
    expect(existsSync(mac.layout.unitFile)).toBe(false);
    expect(mac.report()).toEqual({
      installed: false,
      loaded: false,
      pid: null,
      last_exit: null,
      version: null,
      previous: null,
    });
    expect(existsSync(mac.layout.logDir)).toBe(true);
  });

  it('says so where nobody is logged in at the screen, and writes a LaunchDaemon with --system', () => {
    tools.withoutSession();
    expect(() => service('darwin').install(build, ARGS, ENV)).toThrow(/--system/);
    const { layout } = service('darwin', { system: true });
    expect(layout.unitFile).toBe('/Library/LaunchDaemons/com.slipstream.receipt-ocr.plist');
  });

  it('says what to do where it is not installed', () => {
    expect(() => service('darwin').start()).toThrow(/receipt-ocr install/);
    expect(() => service('darwin').rollback()).toThrow(/receipt-ocr install/);
  });
});

describe('on Linux', () => {
  it('writes a systemd user unit, enables and starts it', () => {
    const linux = service('linux');
    linux.install(build, ARGS, ENV);
    const unit = readFileSync(linux.layout.unitFile, 'utf8');
    expect(dirname(linux.layout.unitFile)).toBe(join(tools.home, '.config/systemd/user'));
    expect(unit).toContain('Restart=always');
    expect(unit).toContain('"--profile" "slip stream"');
    expect(unit).not.toContain('secret');
    expect(linux.report()).toMatchObject({ installed: true, loaded: true, pid: 4242 });
    linux.stop();
    expect(linux.report()).toMatchObject({ loaded: false, pid: null });
    linux.uninstall();
    expect(existsSync(linux.layout.unitFile)).toBe(false);
  });

  it('writes a unit that systemd itself finds well', (context) => {
    const linux = service('linux');
    linux.install(build, ARGS, ENV);
    const { code, stderr } = runCommand('systemd-analyze', ['verify', '--user', '--man=no', linux.layout.unitFile]);
    if (code === null) return context.skip('systemd-analyze is not installed');
    expect(stderr.split('\n').filter((line) => line.includes('receipt-ocr.service'))).toEqual([]);
  });

  it('says so where the user has no session', () => {
    tools.withoutSession();
    expect(() => service('linux').install(build, ARGS, ENV)).toThrow(/enable-linger/);
  });
});
