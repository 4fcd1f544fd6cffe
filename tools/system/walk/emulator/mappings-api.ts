import { randomUUID } from 'node:crypto';
import { type FunctionHost, functionName } from './function-host.ts';

export const MAPPINGS_PATH = /^\/2015-03-31\/event-source-mappings\/?([0-9a-f-]*)/;
export const MAPPING_TAGS_PATH = /^\/2017-03-31\/tags\/.*event-source-mapping(?::|%3A)([0-9a-f-]+)/i;

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

interface Kept {
  readonly configuration: Record<string, unknown>;
  readonly tags: unknown;
}

/** Lambda's API of event source mappings (2015-03-31), with a mapping that really polls behind each. */
export class MappingsApi {
  readonly #host: FunctionHost;
  readonly #kept = new Map<string, Kept>();

  constructor(host: FunctionHost) {
    this.#host = host;
  }

  async answer(method: string, id: string, body: Record<string, unknown>): Promise<Answer> {
    if (method === 'POST') return this.#create(body);
    if (id === '')
      return { status: 200, body: { EventSourceMappings: [...this.#kept.values()].map((kept) => kept.configuration) } };
    const kept = this.#kept.get(id);
    if (!kept)
      return { status: 404, body: { __type: 'ResourceNotFoundException', Message: `There is no mapping ${id}.` } };
    if (method === 'DELETE') {
      this.#kept.delete(id);
      await this.#host.removeMapping(id);
      return { status: 202, body: { ...kept.configuration, State: 'Deleting' } };
    }
    return { status: method === 'PUT' ? 202 : 200, body: kept.configuration };
  }

  tags(id: string): Answer {
    return { status: 200, body: { Tags: this.#kept.get(id)?.tags ?? {} } };
  }

  #create({ Tags, ...request }: Record<string, unknown>): Answer {
    const id = randomUUID();
    const source = String(request.EventSourceArn);
    const [, , , region, account] = source.split(':');
    const name = String(request.FunctionName);
    const alias = name.split(':').at(-1);
    const configuration = {
      ...request,
      UUID: id,
      EventSourceMappingArn: `arn:aws:lambda:${region}:${account}:event-source-mapping:${id}`,
      FunctionArn: `arn:aws:lambda:${region}:${account}:function:${functionName(name)}:${alias}`,
      State: 'Enabled',
      StateTransitionReason: 'USER_INITIATED',
      LastModified: Math.floor(Date.now() / 1_000),
    };
    this.#kept.set(id, { configuration, tags: Tags });
    const { BatchSize } = request;
    this.#host.addMapping(id, {
      EventSourceArn: source,
      FunctionName: name,
      ...(typeof BatchSize === 'number' ? { BatchSize } : {}),
    });
    return { status: 202, body: configuration };
  }
}
