import type { Logger } from '@slipstream/runtime';
import type { AgentHome, HomeSettings } from './agent-home.ts';
import { openEmbeddedHome } from './embedded-home.ts';
import { withOutputs } from './read-outputs.ts';

/** AWS where a part of a deploy or its outputs are given, else the data folder on this machine. */
export async function openHome(settings: HomeSettings, logger?: Logger): Promise<AgentHome> {
  if (!isOnAws(settings)) return openEmbeddedHome(settings, logger);
  // The AWS SDK takes longer to load than everything else together: only where it is used.
  const { openAwsHome } = await import('./aws-home.ts');
  return openAwsHome(await withOutputs(settings));
}

/** By any of them: whoever forgets one is to be told, and not to wait at an empty queue on this machine. */
export function isOnAws(settings: HomeSettings): boolean {
  const { ocr_job_queue_url, ocr_results_queue_url, dynamo_table_name, outputs } = settings;
  return [ocr_job_queue_url, ocr_results_queue_url, dynamo_table_name, outputs].some((given) => given !== null);
}
