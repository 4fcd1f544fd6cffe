import { colour, printLine } from '@slipstream/terminal';
import type { ReceiptsService } from '../service/receipts-service.ts';

/** Why a list of receipts is empty: the filter, what waits, what failed, what had no receipt; and what to do. */
export async function explainEmptyList(service: ReceiptsService, filter: string | null): Promise<void> {
  const { waiting } = service;
  const waits = await waiting();
  const some = filter === null ? 0 : (await service.receipts({ limit: 1, cursor: null })).receipts.length;
  if (filter !== null && some > 0) printLine(`No receipt matches ${filter}; without it there are some.`);
  else printLine(filter === null || waits ? 'No receipts yet.' : `No receipts yet, whatever the filter (${filter}).`);
  if (waits) printLine(`${counted(waits, 'image waits', 'images wait')} to be read.`);
  if (waits && service.idleNote !== null) printLine(colour.yellow(service.idleNote));
  if (some > 0) return;
  const failed = (await service.failures(1)).length > 0;
  const blank = (await service.images({ status: 'NO_RECEIPT', limit: 1, cursor: null })).images.length > 0;
  if (failed) printLine('Some images could not be read, or messages failed: slipstream list --failed');
  if (blank) printLine('On some images no receipt was found: slipstream list --status NO_RECEIPT');
  if (!waits && !failed && !blank) printLine('Submit one with: slipstream submit receipt.jpg');
}

export function counted(count: number, one: string, many: string): string {
  return count === 1 ? `1 ${one}` : `${count} ${many}`;
}
