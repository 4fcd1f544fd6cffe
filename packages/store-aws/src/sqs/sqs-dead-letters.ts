import {
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { decodeCursor, encodeCursor } from '@slipstream/runtime';
import { type DeadLetter, type DeadLetterQueue, type Page, SlipstreamError } from '@slipstream/shared';
import { CORRELATION_ID } from './correlation-id.ts';
import { letterAttributes, letterOf, textAttribute } from './letter-attributes.ts';
import type { SqsCalls } from './sqs-calls.ts';

/** Letters that one look takes in hand; what lies behind them is seen when they are gone. */
const LETTERS_MAX = 1_000;
/** For how long a look hides the letters from other readers, should it not come to its end. */
const LOOK_S = 30;

/** One letter as it lies in the queue, perhaps several times. */
interface Copies {
  readonly letter: DeadLetter;
  readonly correlationId: string | null;
  readonly handles: readonly string[];
}

/**
 * The queue that the main queue's redrive policy names. SQS has no way to look without receiving, so every look receives
 * all letters and gives them back; looks of one program take turns, those of two programs may hide letters from each other
 * for a moment.
 */
export class SqsDeadLetters implements DeadLetterQueue {
  readonly #main: SqsCalls;
  #own: Promise<SqsCalls> | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  /** `url`: where the configuration names the queue, which spares a function the permission to ask for it. */
  constructor(main: SqsCalls, url?: string) {
    this.#main = main;
    if (url) this.#own = Promise.resolve(main.another(url));
  }

  async put(letter: Parameters<DeadLetterQueue['put']>[0], correlationId: string | null = null): Promise<void> {
    const calls = await this.calls();
    const attributes = {
      ...letterAttributes(letter),
      ...(correlationId ? { [CORRELATION_ID]: textAttribute(correlationId) } : {}),
    };
    await calls.request('writing a dead letter', (client) =>
      client.send(
        new SendMessageCommand({ QueueUrl: calls.url, MessageBody: letter.body, MessageAttributes: attributes }),
      ),
    );
  }

  async list({ limit, cursor }: Parameters<DeadLetterQueue['list']>[0]): Promise<Page<DeadLetter>> {
    const listing = ['dead', this.#main.url];
    const after = decodeCursor(listing, cursor, 2);
    const letters = await this.#look(async (copies) => copies.map(({ letter }) => letter));
    const sorted = letters.toSorted((a, b) => a.deadAt - b.deadAt || (a.id < b.id ? -1 : 1));
    const rest = after === null ? sorted : sorted.filter((letter) => isBehind(letter, after));
    const items = rest.slice(0, limit);
    const last = items.at(-1);
    const isMore = rest.length > items.length && last !== undefined;
    return { items, cursor: isMore ? encodeCursor(listing, [String(last.deadAt), last.id]) : null };
  }

  async get(id: string): Promise<DeadLetter | null> {
    return this.#look(async (copies) => copies.find(({ letter }) => letter.id === id)?.letter ?? null);
  }

  async redrive(id: string): Promise<boolean> {
    return this.#takeOut(id, async ({ letter, correlationId }) => {
      const MessageAttributes = correlationId ? { [CORRELATION_ID]: textAttribute(correlationId) } : {};
      const QueueUrl = this.#main.url;
      await this.#main.request('sending a dead letter again', (client) =>
        client.send(new SendMessageCommand({ QueueUrl, MessageBody: letter.body, MessageAttributes })),
      );
    });
  }

  async remove(id: string): Promise<boolean> {
    return this.#takeOut(id, async () => {});
  }

  /** `CONFIGURATION_INVALID` when the main queue has no redrive policy. */
  calls(): Promise<SqsCalls> {
    this.#own ??= this.#find().catch((error: unknown) => {
      this.#own = null; // what failed once may be mended
      throw error;
    });
    return this.#own;
  }

  async #find(): Promise<SqsCalls> {
    const main = this.#main;
    const { Attributes } = await main.request('reading the attributes', (client) =>
      client.send(new GetQueueAttributesCommand({ QueueUrl: main.url, AttributeNames: ['RedrivePolicy'] })),
    );
    const arn = /"deadLetterTargetArn"\s*:\s*"([^"]+)"/.exec(Attributes?.RedrivePolicy ?? '')?.[1];
    const [account, name] = arn?.split(':').slice(-2) ?? [];
    if (!account || !name) {
      const message = `The queue ${main.url} has no dead-letter queue: give it a redrive policy (the deploy does).`;
      throw new SlipstreamError('CONFIGURATION_INVALID', message);
    }
    const { QueueUrl } = await main.request('finding the dead-letter queue', (client) =>
      client.send(new GetQueueUrlCommand({ QueueName: name, QueueOwnerAWSAccountId: account })),
    );
    return main.another(QueueUrl ?? '');
  }

  async #takeOut(id: string, before: (copies: Copies) => Promise<void>): Promise<boolean> {
    return this.#look(async (all, calls) => {
      const found = all.find(({ letter }) => letter.id === id);
      if (found === undefined) return false;
      await before(found);
      await Promise.all(found.handles.map((handle) => calls.delete(handle)));
      return true;
    });
  }

  /** Receives every letter, hands them to `use`, and gives back what is left. */
  #look<T>(use: (copies: readonly Copies[], calls: SqsCalls) => Promise<T>): Promise<T> {
    const look = this.#turn.then(async () => {
      const calls = await this.calls();
      const messages = await receiveAll(calls);
      try {
        return await use(copiesOf(messages), calls);
      } finally {
        await giveBack(calls, messages);
      }
    });
    this.#turn = look.catch(() => {}); // whoever looked is told; the next one has its turn all the same
    return look;
  }
}

async function receiveAll(calls: SqsCalls): Promise<readonly Message[]> {
  const messages: Message[] = [];
  while (messages.length < LETTERS_MAX) {
    const { Messages = [] } = await calls.request('reading dead letters', (client) =>
      client.send(
        new ReceiveMessageCommand({
          QueueUrl: calls.url,
          MaxNumberOfMessages: 10,
          VisibilityTimeout: LOOK_S,
          // Long polling asks every server, so that an empty answer means empty.
          WaitTimeSeconds: 1,
          MessageSystemAttributeNames: ['SentTimestamp', 'ApproximateReceiveCount'],
          MessageAttributeNames: ['All'],
        }),
      ),
    );
    if (Messages.length === 0) break;
    messages.push(...Messages);
  }
  return messages;
}

/** What was deleted meanwhile is refused, and what is not given back comes back by itself. */
async function giveBack(calls: SqsCalls, messages: readonly Message[]): Promise<void> {
  const handles = messages.map(({ ReceiptHandle = '' }) => ReceiptHandle);
  await Promise.allSettled(handles.map((handle) => calls.changeVisibility({ handle, visibility_s: 0 })));
}

function copiesOf(messages: readonly Message[]): readonly Copies[] {
  const byId = Map.groupBy(messages, (message) => letterOf(message).id);
  return [...byId.values()].flatMap((copies) => {
    const [first] = copies;
    if (first === undefined) return [];
    const correlationId = first.MessageAttributes?.[CORRELATION_ID]?.StringValue ?? null;
    return [{ letter: letterOf(first), correlationId, handles: copies.map(({ ReceiptHandle = '' }) => ReceiptHandle) }];
  });
}

function isBehind(letter: DeadLetter, [deadAt, id]: readonly string[]): boolean {
  return letter.deadAt > Number(deadAt) || (letter.deadAt === Number(deadAt) && letter.id > (id ?? ''));
}
