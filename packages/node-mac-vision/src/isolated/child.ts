/** The child process that runs Vision for `isolated: true`. It ends when its parent does. */
import { requireAddon } from '../load-addon.ts';
import { MacVisionError } from '../mac-vision-error.ts';
import { Recognizer } from '../recognizer.ts';
import { type Reply, type Request, toSentError } from './messages.ts';

const stops = new Map<number, AbortController>();
let recognizer: Recognizer | undefined;

function use(): Recognizer {
  recognizer ??= new Recognizer(requireAddon());
  return recognizer;
}

function send(reply: Reply): void {
  // The parent may have gone meanwhile; then nobody waits for this.
  if (process.connected) process.send?.(reply);
}

async function answer(request: Exclude<Request, { kind: 'cancel' }>): Promise<Reply> {
  const { id } = request;
  const stop = new AbortController();
  stops.set(id, stop);
  try {
    if (request.kind === 'languages') {
      return { kind: 'languages', id, languages: await use().supportedLanguages(request.level) };
    }
    const recognition = await use().recognize(request.image, request.options, stop.signal);
    return { kind: 'recognized', id, recognition };
  } catch (error) {
    return { kind: 'failed', id, error: toSentError(error) };
  } finally {
    stops.delete(id);
  }
}

process.on('message', (request: Request) => {
  if (request.kind === 'cancel') stops.get(request.id)?.abort(new MacVisionError('cancelled', 'cancelled'));
  else answer(request).then(send);
});
process.on('disconnect', () => process.exit(0));
