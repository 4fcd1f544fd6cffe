import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { GUIDES } from '../guides.ts';

export const PROJECT = resolve(import.meta.dirname, '../../..');
export const DOCUMENTS = ['README.md', ...GUIDES, 'RUNBOOK.md', 'RESTORE.md', 'CONTRIBUTING.md'];

export interface DocumentedCommand {
  readonly document: string;
  /** As it is printed, without its comment; lines that a backslash joins are one. */
  readonly command: string;
}

const PROGRAMS =
  /^(?:(?:\.\/)?(?:slipstream|receipt-ocr)(?: [a-z-])|(?:npm|npx|aws|terraform|bash|cd|node|curl|sudo|journalctl|xcode-select|git|export) |source <)/;

/** Every command of the documents for people: the lines of their shell blocks, and what is set as code in their text. */
export function documentedCommands(): readonly DocumentedCommand[] {
  return DOCUMENTS.flatMap((document) => {
    const text = readFileSync(resolve(PROJECT, document), 'utf8');
    const blocks = [...text.matchAll(/^ *```sh\n(.*?)^ *```/gms)].flatMap(([, block = '']) =>
      block
        .replace(/\\\n\s*/g, ' ')
        .split('\n')
        .map((line) => line.replace(/\s+#.*$/, '').trim()),
    );
    const inline = [...text.replace(/```.*?```/gs, '').matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
    const commands = [...blocks, ...inline.filter((code) => PROGRAMS.test(code))].filter((command) => command !== '');
    return [...new Set(commands)].map((command) => ({ document, command: command.replace(/ {2,}/g, ' ') }));
  });
}
