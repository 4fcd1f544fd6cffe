import { readFile } from 'node:fs/promises';
import { SlipstreamError } from '@slipstream/shared';
import type { HomeSettings } from './agent-home.ts';

/** Settings that a deploy knows. */
const DEPLOYED = [
  'ocr_job_queue_url',
  'ocr_results_queue_url',
  'dynamo_table_name',
  'region',
  'raw_bucket',
  'artifacts_bucket',
] as const satisfies readonly (keyof HomeSettings)[];

/** Stacks within the file, and outputs within a stack. */
const DEPTH_MAX = 3;

/** The settings with what the deploy's outputs say, where no flag or variable says otherwise. */
export async function withOutputs(settings: HomeSettings): Promise<HomeSettings> {
  if (settings.outputs === null) return settings;
  const outputs = await readOutputs(settings.outputs);
  const missing = DEPLOYED.filter((key) => settings[key] === null && outputs.has(key));
  return { ...settings, ...Object.fromEntries(missing.map((key) => [key, outputs.get(key)])) };
}

/** By the settings' own names, at whatever depth, plain or as Terraform writes them: `{"value": …}`. */
async function readOutputs(file: string): Promise<ReadonlyMap<string, string>> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new SlipstreamError(
      'CONFIGURATION_INVALID',
      `The outputs ${file} cannot be read as JSON: give the file that the deploy wrote.`,
      { cause },
    );
  }
  const found = new Map(texts(json, DEPTH_MAX));
  if (!DEPLOYED.some((key) => found.has(key))) {
    throw new SlipstreamError(
      'CONFIGURATION_INVALID',
      `The outputs ${file} name none of ${DEPLOYED.join(', ')}: give the file that the deploy wrote.`,
    );
  }
  return found;
}

function texts(json: unknown, depth: number): [string, string][] {
  if (typeof json !== 'object' || json === null || depth === 0) return [];
  return Object.entries(json).flatMap(([key, value]): [string, string][] => {
    const plain = typeof value === 'object' && value !== null && 'value' in value ? value.value : value;
    return typeof plain === 'string' && plain !== '' ? [[key, plain]] : texts(value, depth - 1);
  });
}
