import { decodeCursor, encodeCursor } from '@slipstream/runtime';
import { assertLimit, type DeadLetter, type DeadLetterQueue, type Page, QUERY_ROWS_MAX } from '@slipstream/shared';
import { type DeadLetterRow, deleteLetter, insertLetter, selectLetter, selectLetters } from './dead-letter-table.ts';
import type { QueueHome } from './embedded-delivery.ts';
import { insertMessage } from './message-table.ts';

type LetterToPut = Parameters<DeadLetterQueue['put']>[0];

export class EmbeddedDeadLetters implements DeadLetterQueue {
  readonly #home: QueueHome;

  constructor(home: QueueHome) {
    this.#home = home;
  }

  async put(letter: LetterToPut): Promise<void> {
    const { queue, writer, clock } = this.#home;
    await writer.run((connection) =>
      insertLetter(connection, { ...letter, queue, correlationId: null, deadAt: clock.now() }),
    );
  }

  async list(options: { readonly limit: number; readonly cursor?: string | null }): Promise<Page<DeadLetter>> {
    assertLimit('limit', options.limit, 1, QUERY_ROWS_MAX);
    const { queue, connection } = this.#home;
    const listing = ['dead letters', queue];
    const [after = '0'] = decodeCursor(listing, options.cursor, 1) ?? [];
    const rows = await connection.read((open) => selectLetters(open, queue, Number(after), options.limit + 1));
    const items = rows.slice(0, options.limit);
    const last = items.at(-1);
    const isLastPage = rows.length <= options.limit || last === undefined;
    return { items: items.map(letterOf), cursor: isLastPage ? null : encodeCursor(listing, [String(last.sequence)]) };
  }

  async get(id: string): Promise<DeadLetter | null> {
    const row = await this.#home.connection.read((open) => selectLetter(open, this.#home.queue, id));
    return row === null ? null : letterOf(row);
  }

  async remove(id: string): Promise<boolean> {
    const { queue, writer } = this.#home;
    return writer.run((connection) => {
      const letter = selectLetter(connection, queue, id);
      if (letter !== null) deleteLetter(connection, letter.sequence);
      return letter !== null;
    });
  }

  async redrive(id: string): Promise<boolean> {
    const { queue, writer, arrivals, clock } = this.#home;
    const isSent = await writer.run((connection) => {
      const letter = selectLetter(connection, queue, id);
      if (letter === null) return false;
      const nowMs = clock.now();
      const { body, correlationId } = letter;
      insertMessage(connection, { queue, body, correlationId, sentAt: nowMs, visibleAt: nowMs });
      deleteLetter(connection, letter.sequence);
      return true;
    });
    if (isSent) arrivals.notify(queue);
    return isSent;
  }
}

function letterOf({ id, body, reason, receiveCount, deadAt }: DeadLetterRow): DeadLetter {
  return { id, body, reason, receiveCount, deadAt };
}
