import { SlipstreamError, type StoredRecord } from '@slipstream/shared';

/** A record as it was stored. `DOCUMENT_INVALID` when the disk gives back something else. */
export function parseRecord(json: string): StoredRecord {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    // The parser's message quotes the content, which must reach no log: it is not kept as a cause.
    throw damaged('is no JSON');
  }
  if (!isStoredRecord(value)) throw damaged('lacks its key, type or revision');
  return value;
}

export function isStoredRecord(value: unknown): value is StoredRecord {
  if (typeof value !== 'object' || value === null) return false;
  if (!('pk' in value && 'sk' in value && 'type' in value && 'revision' in value)) return false;
  const texts = [value.pk, value.sk, value.type];
  return texts.every((text) => typeof text === 'string') && typeof value.revision === 'number';
}

function damaged(fault: string): SlipstreamError {
  return new SlipstreamError('DOCUMENT_INVALID', `A stored record ${fault}; put back a copy of the data folder.`);
}
