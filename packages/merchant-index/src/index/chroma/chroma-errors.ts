import { withinTime } from '@slipstream/runtime';
import { SlipstreamError } from '@slipstream/shared';

/** The client has no time-out of its own. */
const CALL_MS = 30_000;

/** Runs calls of one operation and says in our words what went wrong. `what` completes "cannot …". */
export async function onChroma<T>(uri: string, what: string, operation: () => Promise<T>): Promise<T> {
  try {
    return await withinTime(operation(), CALL_MS);
  } catch (thrown) {
    if (thrown instanceof SlipstreamError) throw thrown;
    const name = thrown instanceof Error ? thrown.name : '';
    if (name === 'ChromaNotFoundError' || name === 'InvalidCollectionError') {
      throw new SlipstreamError(
        'INDEX_MISSING',
        `There is no merchant index at ${uri}. Make it with "slipstream index init", and fill it with "slipstream index rebuild".`,
        { cause: thrown, details: { uri } },
      );
    }
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    throw new SlipstreamError('INDEX_UNAVAILABLE', `Cannot ${what} at ${uri}: ${message.slice(0, 300)}`, {
      cause: thrown,
      details: { uri },
    });
  }
}
