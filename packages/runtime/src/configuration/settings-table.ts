import { homedir } from 'node:os';
import { SETTINGS } from './settings.ts';

/** All settings as a Markdown table, for docs/settings.md. */
export function settingsTable(): string {
  const rows = Object.entries(SETTINGS).map(([key, setting]) => {
    const fallback = setting.defaultText.replace(homedir(), '~');
    return `| \`${setting.flag}\` | \`${setting.variable}\` | \`${key}\` | ${fallback ? `\`${fallback}\`` : ''} | ${setting.about} |`;
  });
  return ['| flag | variable | key | default | what it is |', '|---|---|---|---|---|', ...rows].join('\n');
}
