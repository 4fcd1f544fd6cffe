/** Holds that every action of another repository is named by its commit: a tag can be moved to other code. */
import { globSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';

const ROOT = new URL('..', import.meta.url).pathname;
const PINNED = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+(\.\d+)*$/;

const faults = globSync(`${ROOT}.github/workflows/*.yml`).flatMap((file) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line, index) => {
      const action = /^\s*(?:- )?uses: (?<action>.*)$/.exec(line)?.groups?.action;
      const isHeld = action === undefined || action.startsWith('./') || PINNED.test(action);
      return isHeld
        ? []
        : [`${relative(ROOT, file)}:${index + 1}: name "${action}" by its commit: owner/name@<40 hex> # vN`];
    }),
);

for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
