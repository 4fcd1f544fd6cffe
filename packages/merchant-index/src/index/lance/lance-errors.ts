import { SlipstreamError } from '@slipstream/shared';

/** LanceDB's errors are strings from Rust without a code: its wording is all there is to tell them apart (0.31.0). */
const TABLE_MISSING = /Table '.*' was not found|Dataset at path .* was not found/s;
const FILE_MISSING = /not ?found.*\.(?:lance|arrow|bin|idx)|No such file/is;

/** Runs one operation on a table and says in our words what went wrong. `what` completes "cannot …". */
export async function onTable<T>(uri: string, what: string, operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (thrown) {
    throw toIndexError(uri, what, thrown);
  }
}

export function indexMissing(uri: string, cause?: unknown): SlipstreamError {
  return new SlipstreamError(
    'INDEX_MISSING',
    `There is no merchant index at ${uri}. Make it with "slipstream index init", and fill it with "slipstream index rebuild".`,
    { cause, details: { uri } },
  );
}

export function indexVersionGone(uri: string, version: number | undefined, cause?: unknown): SlipstreamError {
  return new SlipstreamError(
    'INDEX_VERSION_GONE',
    `${version === undefined ? 'The version that was opened' : `Version ${version}`} of ${uri} is gone: versions are pruned after a grace. Open the one that SNAPSHOT names now.`,
    { cause, details: { uri, version: version ?? null } },
  );
}

function toIndexError(uri: string, what: string, thrown: unknown): SlipstreamError {
  if (thrown instanceof SlipstreamError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  if (TABLE_MISSING.test(message)) return indexMissing(uri, thrown);
  if (FILE_MISSING.test(message)) {
    return indexVersionGone(uri, undefined, thrown);
  }
  return new SlipstreamError('INDEX_UNAVAILABLE', `Cannot ${what} at ${uri}: ${firstLine(message)}`, {
    cause: thrown,
    details: { uri },
  });
}

/** Rust's messages carry its source files and a back trace. */
function firstLine(message: string): string {
  return (message.split('\n')[0] ?? message).replace(/, \/\S+:\d+:\d+/g, '').slice(0, 300);
}
