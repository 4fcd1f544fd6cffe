import type { Agents, Jobs } from '@slipstream/records';
import type { SettingKey, Settings } from '@slipstream/runtime';
import type { ObjectStore, OcrJobMessage, OcrResultMessage, Queue } from '@slipstream/shared';

/** Everything that the agent needs of the place where jobs, images and results are kept. */
export interface AgentHome {
  /** For people: the data folder, or the queue's URL. */
  readonly place: string;
  readonly queue: Queue<OcrJobMessage>;
  readonly results: Queue<OcrResultMessage>;
  readonly jobs: Jobs;
  readonly agents: Agents;
  readonly raw: ObjectStore;
  readonly artifacts: ObjectStore;
  close(): Promise<void>;
}

/** The settings that say where the home is. */
export const HOME_SETTINGS = [
  'data',
  'ocr_job_queue_url',
  'ocr_results_queue_url',
  'dynamo_table_name',
  'region',
  'profile',
  'raw_bucket',
  'artifacts_bucket',
  'outputs',
] as const satisfies readonly SettingKey[];

export type HomeSettings = Pick<Settings, (typeof HOME_SETTINGS)[number]>;
