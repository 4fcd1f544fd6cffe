import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunCommand } from '@slipstream/service';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AgentBuild } from '../../src/service/installed-versions.ts';
import { Service } from '../../src/service/service.ts';

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

/** What launchd knows: the unit as it was when it was loaded, and the version that was current then. */
const launchd: { unit: string | null; version: string | null } = { unit: null, version: null };

/** As launchctl, but in this process: hundreds of calls are made. */
const run: RunCommand = (file, args) => {
  const answer = (code: number) => ({ code, stdout: launchd.unit === null ? '' : 'pid = 1', stderr: '' });
  const [verb, target] = args;
  if (file.endsWith('bin/node')) return answer(0);
  if (verb === 'print') return answer(target?.includes('com.slipstream') && launchd.unit === null ? 113 : 0);
  life.effect();
  if (verb === 'bootout') Object.assign(launchd, { unit: null, version: null });
  if (verb === 'bootstrap') {
    if (launchd.unit !== null) return answer(5);
    launchd.unit = readFileSync(mac.layout.unitFile, 'utf8');
    launchd.version = readlinkSync(join(mac.layout.root, 'current'));
  }
  return answer(0);
};

const EFFECTS_MAX = 100;
const [OLD_ARGS, NEW_ARGS] = [
  ['--data', '/old'],
  ['--data', '/new'],
];

let folder: string;
let mac: Service;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'killed-verbs-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function build(content: string): AgentBuild {
  const dist = join(folder, 'builds', content);
  mkdirSync(dist, { recursive: true });
  writeFileSync(join(dist, 'receipt-ocr.js'), content);
  return { version: '0.1.0', dist, prebuilds: join(dist, 'none'), node: '/bin/sh' };
}

/** Kills the verb before each of its effects in turn, each time on a machine of its own, and says it again. */
function killedAnywhere(prepare: () => void, verb: () => void, check: () => void): void {
  for (let effects = 0; effects < EFFECTS_MAX; effects += 1) {
    Object.assign(launchd, { unit: null, version: null });
    const home = join(folder, String(effects));
    mac = new Service({ platform: 'darwin', home, uid: 501, gid: 20, user: 'ann', system: false }, run);
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
    expect(launchd.version, `after ${effects} effects`).toBe(mac.report().version);
    check();
    if (!wasKilled) return;
  }
  throw new Error('the verb never came to its end');
}

const contentOf = (version: string | null) =>
  version && readFileSync(join(mac.layout.root, version, 'dist/receipt-ocr.js'), 'utf8');
const runs = () => contentOf(launchd.version);
const before = () => contentOf(mac.report().previous);

describe('a verb that is killed between any two effects, and said again', { timeout: 60_000 }, () => {
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
        expect(launchd.unit).toContain('/new');
        expect(launchd.unit).toBe(readFileSync(mac.layout.unitFile, 'utf8'));
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
