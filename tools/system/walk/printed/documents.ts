import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { GUIDES } from '../../guides.ts';
import { commandsIn, type Printed } from './commands-in.ts';

const PROJECT = resolve(import.meta.dirname, '../../../..');

/** What a person works by. The walk runs their commands in this order: what takes something away stands last. */
const DOCUMENTS = ['RUNBOOK.md', 'RESTORE.md', 'README.md', ...GUIDES, 'docs/deploy.md'];

/** Of this checkout, or of a copy of it. */
export function printedCommands(project = PROJECT): Printed[] {
  return DOCUMENTS.flatMap((name) => commandsIn(readFileSync(join(project, name), 'utf8'), name)).map(
    ({ command, where }) => ({ command: command.replaceAll(/ {2,}/g, ' '), where }),
  );
}
