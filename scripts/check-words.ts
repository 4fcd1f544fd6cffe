// Texts that people read use the field's words: documents, and the strings of programs and errors. Part of `npm run lint`.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

/** What is not written, and what is written instead. */
const GLOSSARY: readonly (readonly [RegExp, string])[] = [
  [/\b(nobody|somebody|whoever|everybody|anybody)('s)?\b/i, 'name the user, the caller, the owner, the reader'],
  [/\b(mends?|mended|mending|set right)\b/i, 'fix, repair, renew'],
  [/\bsightings?\b/i, 'query, lookup'],
  [/\b(was|were|is|are) given up\b|\bgives? up (a|the) message/i, 'dead-lettered, a dead letter'],
  [/\bsent on( again)?\b|\bsends on\b/i, 'requeued, forwarded'],
  [/\bheard of\b/i, 'known, registered'],
];

const documents = globSync(
  [
    '*.md',
    'docs/*.md',
    'packages/*/README.md',
    'packages/*/src/**/README.md',
    'apps/*/README.md',
    'tools/*/README.md',
    'samples/README.md',
  ],
  { cwd: ROOT },
);
const sources = globSync(['apps/*/src/**/*.ts', 'packages/*/src/**/*.ts'], { cwd: ROOT });

/** The texts of string and template literals; a word alone is a name in code, not a text. */
function texts(line: string): string[] {
  if (/^\s*(\/\/|\/?\*|import )/.test(line)) return [];
  const whole = [...line.matchAll(/(['"`])((?:\\.|(?!\1).)*)\1/g)].map(([, , text = '']) => text);
  // A template that goes over several lines begins or ends here.
  const rest = line.replace(/(['"`])(?:\\.|(?!\1).)*\1/g, '');
  return [...whole, ...(rest.includes('`') ? rest.split('`') : [])].filter((text) => text.includes(' '));
}

const faults: string[] = [];
for (const path of [...documents, ...sources]) {
  const lines = readFileSync(join(ROOT, path), 'utf8').split('\n');
  for (const [index, line] of lines.entries())
    for (const text of path.endsWith('.md') ? [line] : texts(line))
      for (const [word, instead] of GLOSSARY) {
        const found = word.exec(text);
        if (found) faults.push(`${path}:${index + 1}: "${found[0]}": ${instead}`);
      }
}
if (faults.length > 0) {
  console.error(
    `${faults.join('\n')}\n${faults.length} words that users do not know; scripts/check-words.ts has the glossary.`,
  );
  process.exit(1);
}
console.log(`Checked the words of ${documents.length} documents and ${sources.length} sources.`);
