import { type ObjectStore, SlipstreamError, type StoredObject } from '@slipstream/shared';

/** What the scenarios need of an object store. */
export class MemoryObjects implements ObjectStore {
  readonly bucket = 'artifacts';
  readonly #objects = new Map<string, Uint8Array>();

  async put(key: string, body: Uint8Array): Promise<{ created: boolean }> {
    this.#objects.set(key, body);
    return { created: true };
  }

  async get(key: string): Promise<StoredObject> {
    const body = this.#objects.get(key);
    if (!body) throw new SlipstreamError('OBJECT_NOT_FOUND', `There is no ${key}.`);
    const chunks = (async function* () {
      yield body;
    })();
    return { key, size: body.byteLength, modifiedAt: 0, body: chunks };
  }

  async head(): Promise<never> {
    throw unused();
  }
  async list(): Promise<never> {
    throw unused();
  }
  async delete(): Promise<never> {
    throw unused();
  }
  async purge(): Promise<never> {
    throw unused();
  }
  async presignPut(): Promise<never> {
    throw unused();
  }
}

function unused(): Error {
  return new Error('No scenario needs this.');
}
