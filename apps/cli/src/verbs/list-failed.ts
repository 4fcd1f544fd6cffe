import { colour, figures, printJson, printLine, printTable } from '@slipstream/terminal';
import { shortIds } from '../references/short-ids.ts';
import type { ReceiptsService } from '../service/receipts-service.ts';

/** Images that ended FAILED and, at home, messages in the dead letters; each with its reason. */
export async function listFailed(service: ReceiptsService, limit: number, json: boolean): Promise<number> {
  const failures = await service.failures(limit);
  service.rows.remember(failures.map(({ id }) => id));
  if (json) {
    printJson(failures);
    return 0;
  }
  if (failures.length === 0) {
    printLine('Nothing failed.');
    return 0;
  }
  const isTerminal = process.stdout.isTTY === true;
  const idOf = shortIds(failures.map(({ id }) => id));
  printTable(
    [
      ...(isTerminal ? [figures('#')] : []),
      { title: 'what', min: 6, dispensable: 2 },
      'id',
      { title: 'file', min: 10, dispensable: 1 },
      { title: 'reason', min: 12 },
      { title: 'message', min: 16, dispensable: 3 },
    ],
    failures.map(({ kind, id, file, queue, code, message }, index) => [
      ...(isTerminal ? [String(index + 1)] : []),
      queue ? `${kind} in ${queue}` : kind,
      idOf(id),
      file ?? '',
      code,
      message,
    ]),
  );
  if (isTerminal) for (const message of new Set(failures.map((failure) => failure.message))) printLine(`  ${message}`);
  printLine(colour.dim('Fix the cause, then: slipstream reprocess IMAGE_ID, or slipstream dead redrive ID.'));
  return 0;
}
