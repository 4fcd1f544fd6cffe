import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandsIn } from '../../walk/printed/commands-in.ts';
import { printedCommands } from '../../walk/printed/documents.ts';
import { RULES, ruleOf } from '../../walk/printed/rules.ts';
import { filled } from '../../walk/printed/run-printed.ts';

const PROJECT = resolve(import.meta.dirname, '../../../..');
const read = (path: string) => readFileSync(join(PROJECT, path), 'utf8');
const printed = printedCommands().map(({ command, where }) => ({ command: filled(command, { ENV: 'dev' }), where }));

describe('the commands that README, RUNBOOK, RESTORE and docs/deploy.md print', () => {
  it('are found in shell blocks and inline code, without their comments', () => {
    const text = [
      '# One',
      'Run `npx x --stack',
      'ENV`, or `aws a\\|b`; `FILE` is none.',
      '```sh',
      'npm run build   # makes it',
      'npx x \\',
      '  --y',
      '```',
      '```ts',
      'npm run not-a-shell',
      '```',
    ];
    expect(commandsIn(text.join('\n'), 'A.md')).toEqual(
      ['npx x --stack ENV', 'aws a|b', 'npm run build', 'npx x --y'].map((command) => ({
        command,
        where: 'A.md, "One"',
      })),
    );
  });

  it('are each run by something, or it is said by what not', () => {
    expect(printed.length).toBeGreaterThan(150);
    expect(printed.filter(({ command }) => ruleOf(command) === null)).toEqual([]);
  });

  it('keep no rule that none of them needs', () => {
    const used = new Set(printed.map(({ command }) => ruleOf(command)));
    expect(RULES.filter((rule) => !used.has(rule)).map(({ command }) => String(command))).toEqual([]);
  });

  it('are run by a step of CI where that is said', () => {
    const steps = [...read('.ci/run').matchAll(/^\s*step "?([a-z-]+)/gm)].map(([, step = '']) => step);
    for (const { command } of printed) {
      const run = ruleOf(command)?.run;
      if (run?.by === 'ci')
        expect(
          steps.some((step) => step.startsWith(run.step)),
          command,
        ).toBe(true);
    }
  });

  it('name scripts that there are', () => {
    const scripts = (path: string): string[] => Object.keys(JSON.parse(read(path)).scripts);
    const folders = new Map([
      ['', scripts('package.json')],
      ['node-mac-vision', scripts('packages/node-mac-vision/package.json')],
      ['@slipstream/receipt-parser', scripts('packages/receipt-parser/package.json')],
      ['@slipstream/infra-terraform-cdktf', scripts('packages/infra-terraform-cdktf/package.json')],
      ['@slipstream/lambdas', scripts('apps/lambdas/package.json')],
      ['@slipstream/system', scripts('tools/system/package.json')],
    ]);
    // Under this heading the README names the folder that they are run in.
    const isElsewhere = (where: string) => where.includes('Apple Vision');
    for (const { command, where } of printed.filter((one) => !isElsewhere(one.where)))
      for (const [, script = '', , workspace = ''] of command.matchAll(
        /npm run (?:--silent )?([\w:-]+)(.*? -w ([\w@/-]+))?/g,
      ))
        expect(folders.get(workspace), `${where}: ${command}`).toContain(script);
  });

  it('ask a stack wherever an operator of one is meant, and never the laptop’s own data', () => {
    const verbs = /slipstream (queues|dead|agents|show|reprocess|list|index|merchants|restore-records|secrets|users)\b/;
    const runbook = printed.filter(({ where }) => /^(RUNBOOK|docs\/deploy)/.test(where));
    expect(
      runbook
        .filter(({ command }) => verbs.test(command) && !command.includes('--stack'))
        .map(({ command }) => command),
    ).toEqual([]);
  });
});
