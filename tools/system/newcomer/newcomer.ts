import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { printJson, printLine, printTable } from '@slipstream/terminal';
import { CHANGES, type Change } from './changes.ts';
import { ScratchCopy } from './scratch-copy.ts';
import { failingTests, filesWithTypeErrors } from './what-names.ts';

const USAGE = `Makes the first edit of each change that newcomers make, in a scratch copy, and prints what the type checker and the
named tests say is missing; the checkout has to be without errors. Ends with 1 where a change touches more files than its bar, or where nothing says so.

  npm run newcomer                       all of them; some minutes
  npm run newcomer -- --only 'a queue'   one of them
  npm run newcomer -- --json             for programs
`;
const CHECKOUT = fileURLToPath(new URL('../../..', import.meta.url));

interface Outcome {
  readonly change: string;
  readonly first: string;
  /** Files that the type checker names; the first itself where it wants one that is not there. */
  readonly compiler: readonly string[];
  readonly tests: readonly string[];
  readonly files_max: number | null;
  readonly is_kept: boolean;
}

async function outcomeOf(copy: ScratchCopy, change: Change): Promise<Outcome> {
  const { name, first, tests, files_max } = change;
  copy.edit(first.file, first.edit);
  try {
    const compiler = await filesWithTypeErrors(copy, first.file);
    const others = compiler.filter((file) => file !== first.file);
    const failing: string[] = [];
    for (const [workspace, files] of Object.entries(tests))
      failing.push(...(await failingTests(copy, workspace, files)));
    // A test that fails stands for one file that is missing or lacks something.
    const touched = 1 + others.length + (others.length === 0 ? Math.min(1, failing.length) : 0);
    const is_kept = files_max === undefined || touched <= files_max;
    return { change: name, first: first.file, compiler, tests: failing, files_max: files_max ?? null, is_kept };
  } finally {
    copy.restore(CHECKOUT, [first.file]);
  }
}

function print({ change, first, compiler, tests, files_max, is_kept }: Outcome): void {
  printLine(`${change}: ${is_kept ? '' : `more than ${files_max} files; `}first ${first}`);
  printTable(
    ['says', 'what is missing'],
    [...compiler.map((file) => ['type checker', file]), ...tests.map((test) => ['a test', test])],
  );
}

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) process.stdout.write(USAGE);
else {
  const chosen = CHANGES.filter(({ name }) => values.only === undefined || name === values.only);
  if (chosen.length === 0) throw new Error(`There is no such change: ${CHANGES.map(({ name }) => name).join(', ')}.`);
  const copy = new ScratchCopy(CHECKOUT);
  try {
    const outcomes: Outcome[] = [];
    for (const change of chosen) {
      const outcome = await outcomeOf(copy, change);
      outcomes.push(outcome);
      if (!values.json) print(outcome);
    }
    if (values.json) printJson({ changes: outcomes });
    if (outcomes.some(({ is_kept }) => !is_kept)) process.exitCode = 1;
  } finally {
    copy.remove();
  }
}
