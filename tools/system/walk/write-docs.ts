import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

const DOCS = resolve(import.meta.dirname, '../../../docs/deploy.md');
/** Of a long output, its beginning and its end. */
const LINES_MAX = 24;
const BLOCK = /(<!-- walk:([a-z-]+) -->\n)[\s\S]*?(<!-- \/walk -->)/g;

/** Puts what each command printed under it: between `<!-- walk:id -->` and `<!-- /walk -->`. */
export function writeDocs(
  captured: ReadonlyMap<string, { readonly line: string; readonly text: string }>,
  folders: readonly string[],
): void {
  const missing: string[] = [];
  const text = readFileSync(DOCS, 'utf8').replaceAll(BLOCK, (block, begin: string, id: string, end: string) => {
    const found = captured.get(id);
    if (!found) {
      missing.push(id);
      return block;
    }
    return `${begin}\`\`\`console\n$ ${found.line}\n${shortened(plain(found.text, folders))}\n\`\`\`\n${end}`;
  });
  if (missing.length > 0)
    console.error(`NOT IN docs/deploy.md, as the walk did not come so far: ${missing.join(', ')}`);
  writeFileSync(DOCS, text);
  console.log('docs/deploy.md holds what was printed.');
}

const COLUMNS_MAX = 118;
/** What cdktn adds to the end of a command that failed: where in its own code, twice. */
const STACK_TRACE =
  /^\s+at |^Error: terraform \w+ failed|^Collecting Debug|^node:internal|triggerUncaught|^\s*\^$|^Node\.js v/;

/** Without npm's own lines, and without what is of this run and this machine alone. */
function plain(text: string, folders: readonly string[]): string[] {
  return folders
    .reduce((all, folder) => all.replaceAll(`${folder}/slipstream`, '~/slipstream').replaceAll(folder, '~'), text)
    .replaceAll(/(127\.0\.0\.1|localhost)[:-]\d+/g, 'emulator')
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '' && !/^> |^npm (warn|notice|error)|^undefined$/.test(line) && !STACK_TRACE.test(line))
    .map((line) => (line.length > COLUMNS_MAX ? `${line.slice(0, COLUMNS_MAX - 1)}…` : line));
}

/** What a reader of a plan looks for, in the midst of it. */
const SUMMARY = /(Plan: \d+|Apply complete|Destroy complete|# aws_launch_template)/;

function shortened(lines: readonly string[]): string {
  if (lines.length <= LINES_MAX) return lines.join('\n');
  const half = LINES_MAX / 2;
  const between = lines.slice(half, -half);
  const kept = between.filter((line) => SUMMARY.test(line));
  const left = `… ${between.length - kept.length} more lines …`;
  return [...lines.slice(0, half), left, ...kept, ...lines.slice(-half)].join('\n');
}
