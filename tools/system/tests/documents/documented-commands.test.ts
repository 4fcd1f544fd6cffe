import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { DOCUMENTS, documentedCommands, PROJECT } from '../../day/commands-in.ts';
import { runOf } from '../../day/how-commands-run.ts';

const commands = documentedCommands();
const of = (kind: string) => commands.filter(({ command }) => runOf(command)?.kind === kind);
const home = mkdtempSync(join(tmpdir(), 'slipstream-documents-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

it.each(DOCUMENTS)('each command of %s is run somewhere, or says why it cannot be', (document) => {
  const own = commands.filter((each) => each.document === document);
  expect(own.length).toBeGreaterThan(0);
  expect(own.filter(({ command }) => runOf(command) === null)).toEqual([]);
});

it('what CI is said to run, it runs', () => {
  const ci = readFileSync(join(PROJECT, '.ci/run'), 'utf8');
  const steps = of('ci').map(({ command }) => runOf(command));
  for (const run of steps) if (run?.kind === 'ci') expect(ci).toContain(run.step);
});

it('each npm script that is named is there', () => {
  const scriptsOf = (path: string) =>
    Object.keys((JSON.parse(readFileSync(join(PROJECT, path), 'utf8')) as { scripts: object }).scripts);
  const known = new Set(
    ['package.json', ...['cli', 'lambdas', 'ocr-agent'].map((name) => `apps/${name}/package.json`)]
      .concat(
        ['api-contract', 'receipt-parser', 'node-mac-vision', 'infra-terraform-cdktf', 'merchant-index', 'ocr'].map(
          (name) => `packages/${name}/package.json`,
        ),
      )
      .flatMap(scriptsOf),
  );
  for (const { command } of of('npm-script')) expect(known, command).toContain(/^npm run (\S+)/.exec(command)?.[1]);
});

it('no document has a program run by a name that anybody may publish', () => {
  for (const document of [...DOCUMENTS, 'TESTING-ON-A-MAC.md', 'docs/deploy.md'])
    expect(readFileSync(join(PROJECT, document), 'utf8')).not.toMatch(/npx (--yes )?(slipstream|receipt-ocr)/);
  for (const name of ['cli', 'ocr-agent']) {
    const manifest = JSON.parse(readFileSync(join(PROJECT, `apps/${name}/package.json`), 'utf8')) as { name: string };
    expect(manifest.name).toMatch(/^@slipstream\//);
  }
});

describe('a command for a deployed stack', () => {
  it.each([...new Set(of('usage').map(({ command }) => command))])(
    'is understood, and says what is missing here: %s',
    { timeout: 60_000 },
    (command) => {
      const printed = command
        .replace(/^(\.\/)?(slipstream|receipt-ocr)/, '"$CHECKOUT/$2"')
        .replace(/--from </, '--from ')
        .replace(/ …/g, '')
        .replace(/<[^>]+>/g, 'x')
        .replace(/(< key\.txt)|\[.*\]/g, '< /dev/null');
      const env = {
        PATH: process.env.PATH,
        HOME: home,
        XDG_CONFIG_HOME: home,
        CHECKOUT: PROJECT,
        NO_COLOR: '1',
        AWS_EC2_METADATA_DISABLED: 'true',
        AWS_MAX_ATTEMPTS: '1',
      };
      const { status, stderr } = spawnSync('bash', ['-c', printed.replaceAll('--continuous', '')], {
        cwd: home,
        env,
        encoding: 'utf8',
        timeout: 50_000,
      });
      expect(stderr).not.toMatch(/unknown (option|command)|missing required|too many arguments/);
      // The doctor ends with 2 where it could not look.
      expect(/ doctor /.test(command) ? [0, 1, 2] : [0, 1]).toContain(status);
    },
  );
});
