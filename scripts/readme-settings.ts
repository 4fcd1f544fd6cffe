// Writes the table of settings into the README. Run with: npm run readme:settings
import { readFileSync, writeFileSync } from 'node:fs';
import { settingsTable } from '@slipstream/runtime';

const path = new URL('../README.md', import.meta.url);
const readme = readFileSync(path, 'utf8');
const section = /(<!-- settings -->\n)[\s\S]*?(<!-- \/settings -->)/;
if (!section.test(readme)) throw new Error('README.md has no <!-- settings --> section');
writeFileSync(
  path,
  readme.replace(section, (_, start: string, end: string) => `${start}\n${settingsTable()}\n\n${end}`),
);
