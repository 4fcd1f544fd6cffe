import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type RunCommand, runCommand } from '../../src/service/commands.ts';
import type { AgentBuild } from '../../src/service/installed-versions.ts';
import { Service } from '../../src/service/service.ts';
import { type FakeTools, fakeTools } from './fake-service-tools.ts';

/** Effects that may still happen before the verb is killed. */
const life = vi.hoisted(() => {
  let left = Number.POSITIVE_INFINITY;
  return {
    until(effects: number) {
      left = effects;
    },
    effect() {
      if (left <= 0) throw new Error('killed');
      left -= 1;
    },
  };
});

vi.mock('node:fs', async (load) => {
  const fs = await load<typeof import('node:fs')>();
  const mortal = <A extends unknown[], R>(call: (...args: A) => R) => {
    return (...args: A): R => {
      life.effect();
      return call(...args);
    };
  };
  return {
    ...fs,
    chmodSync: mortal(fs.chmodSync),
    copyFileSync: mortal(fs.copyFileSync),
    cpSync: mortal(fs.cpSync),
    mkdirSync: mortal(fs.mkdirSync),
    renameSync: mortal(fs.renameSync),
    rmSync: mortal(fs.rmSync),
    symlinkSync: mortal(fs.symlinkSync),
    writeFileSync: mortal(fs.writeFileSync),
  };
});
// What is copied is no matter here, and takes the longest.
vi.mock('../../src/service/package-closure.ts', () => ({ packageClosure: () => [] }));

const run: RunCommand = (file, args) => {
  if (file.endsWith('bin/node')) return { code: 0, stdout: '0.1.0', stderr: '' };
  if (args[0] !== 'print') life.effect();
  return runCommand(file, args);
};

const EFFECTS_MAX = 100;
const [OLD_ARGS, NEW_ARGS] = [
  ['--data', '/old'],
  ['--data', '/new'],
];

let tools: FakeTools;
let builds: string;
let mac: Service;

beforeEach(() => {
  builds = mkdtempSync(join(tmpdir(), 'builds-'));
});
afterEach(() => rmSync(builds, { recursive: true, force: true }));

function build(content: string): AgentBuild {
  const dist = join(builds, content);
  mkdirSync(dist, { recursive: true });
  writeFileSync(join(dist, 'receipt-ocr.js'), content);
  return { version: '0.1.0', dist, prebuilds: join(dist, 'none'), node: '/bin/sh' };
}

/** Kills the verb before each of its effects in turn, each time on a machine of its own, and says it again. */
function killedAnywhere(prepare: () => void, verb: () => void, check: () => void): void {
  for (let effects = 0; effects < EFFECTS_MAX; effects += 1) {
    tools = fakeTools();
    mac = new Service({ platform: 'darwin', home: tools.home, uid: 501, gid: 20, user: 'ann', system: false }, run);
    prepare();
    life.until(effects);
    let wasKilled = false;
    try {
      verb();
    } catch {
      wasKilled = true;
    }
    life.until(Number.POSITIVE_INFINITY);
    if (wasKilled) verb();
    expect(tools.running(), `after ${effects} effects`).toBe(mac.report().version);
    check();
    tools.dispose();
    if (!wasKilled) return;
  }
  throw new Error('the verb never came to its end');
}

const contentOf = (version: string | null) =>
  version && readFileSync(join(mac.layout.root, version, 'dist/receipt-ocr.js'), 'utf8');
const runs = () => contentOf(tools.running());
const before = () => contentOf(mac.report().previous);

describe('a verb that is killed between any two effects, and said again', () => {
  it('installs', () => {
    killedAnywhere(
      () => {},
      () => mac.install(build('one'), OLD_ARGS, {}),
      () => expect([runs(), before()]).toEqual(['one', null]),
    );
  });

  it('installs another version with other settings, and runs with them', () => {
    killedAnywhere(
      () => mac.install(build('one'), OLD_ARGS, {}),
      () => mac.install(build('two'), NEW_ARGS, {}),
      () => {
        expect([runs(), before()]).toEqual(['two', 'one']);
        expect(tools.loadedUnit()).toContain('/new');
        expect(tools.loadedUnit()).toBe(readFileSync(mac.layout.unitFile, 'utf8'));
      },
    );
  });

  it('upgrades, and keeps the version before to go back to', () => {
    killedAnywhere(
      () => {
        mac.install(build('zero'), OLD_ARGS, {});
        mac.upgrade(build('one'));
      },
      () => mac.upgrade(build('two')),
      () => {
        expect([runs(), before()]).toEqual(['two', 'one']);
        const folders = readdirSync(mac.layout.root).filter((name) => /^\d/.test(name));
        expect(folders).toHaveLength(2);
      },
    );
  });

  it('goes back, and can go forward again', () => {
    killedAnywhere(
      () => {
        mac.install(build('one'), OLD_ARGS, {});
        mac.upgrade(build('two'));
      },
      () => mac.rollback(),
      () => expect([runs(), before()]).toEqual(['one', 'two']),
    );
  });

  it('uninstalls', () => {
    killedAnywhere(
      () => mac.install(build('one'), OLD_ARGS, {}),
      () => mac.uninstall(),
      () => {
        expect(existsSync(mac.layout.unitFile)).toBe(false);
        expect(readdirSync(mac.layout.root)).toEqual([]);
      },
    );
  });
});
