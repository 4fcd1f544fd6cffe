import type { RecordStore } from '@slipstream/shared';
import { type AgentRecord, agentRecordSchema, type Clock, indexKeys, instant, recordKeys } from '@slipstream/shared';
import { parseRecord } from './parse-record.ts';

/** What an agent says of itself. */
export type AgentNews = Pick<
  AgentRecord,
  | 'agent_id'
  | 'host'
  | 'pid'
  | 'version'
  | 'engine'
  | 'engine_version'
  | 'state'
  | 'health'
  | 'health_level'
  | 'health_since'
  | 'health_reason'
  | 'in_hand'
  | 'done'
  | 'failed'
  | 'last_image_id'
  | 'last_job_at'
> & { readonly started_at: string };

/** More agents than this are not listed; a household has one, a company a dozen. */
const AGENTS_MAX = 200;

/** AGENT records: which agents there are, and what they do. */
export class Agents {
  readonly #records: RecordStore;
  readonly #clock: Clock;

  constructor(records: RecordStore, clock: Clock) {
    this.#records = records;
    this.#clock = clock;
  }

  /** Each agent writes its own record only, so that the newest word counts, without a condition. */
  async report({ started_at, ...news }: AgentNews, alive_for_ms: number): Promise<void> {
    const record: AgentRecord = {
      ...recordKeys.agent(news.agent_id),
      ...indexKeys.agent(started_at, news.agent_id),
      ...news,
      type: 'AGENT',
      revision: 1,
      created_at: started_at,
      updated_at: instant(this.#clock),
      ttl: Math.ceil((this.#clock.now() + alive_for_ms) / 1_000),
    };
    await this.#records.write({ kind: 'put', record });
  }

  /** Those that have been heard of in time, in the order of their starts. */
  async list(): Promise<readonly AgentRecord[]> {
    const { alive } = await this.#read();
    return alive;
  }

  async remove(agentId: string): Promise<void> {
    await this.#records.write({ kind: 'delete', key: recordKeys.agent(agentId) });
  }

  /** Removes those that were killed, where the store does not forget them by itself. */
  async removeGone(): Promise<number> {
    const { gone } = await this.#read();
    for (const { agent_id } of gone) await this.remove(agent_id);
    return gone.length;
  }

  async #read(): Promise<{ readonly alive: readonly AgentRecord[]; readonly gone: readonly AgentRecord[] }> {
    const page = await this.#records.query({ index: 'gsi1', partition: 'AGENT', limit: AGENTS_MAX });
    const found = await Promise.all(page.items.map(({ pk, sk }) => this.#records.get({ pk, sk })));
    const agents = found.flatMap((record) => (record === null ? [] : [parseRecord(agentRecordSchema, record)]));
    const now_s = this.#clock.now() / 1_000;
    return { alive: agents.filter(({ ttl }) => ttl > now_s), gone: agents.filter(({ ttl }) => ttl <= now_s) };
  }
}
