// Writes the table of docs/settings.md. Run with: npm run docs:settings
import { readFileSync, writeFileSync } from 'node:fs';
import { settingsTable } from '@slipstream/runtime';

const path = new URL('../docs/settings.md', import.meta.url);
const text = readFileSync(path, 'utf8');
const section = /(<!-- settings -->\n)[\s\S]*?(<!-- \/settings -->)/;
if (!section.test(text)) throw new Error('docs/settings.md has no <!-- settings --> section');
writeFileSync(
  path,
  text.replace(section, (_, start: string, end: string) => `${start}\n${settingsTable()}\n\n${end}`),
);
