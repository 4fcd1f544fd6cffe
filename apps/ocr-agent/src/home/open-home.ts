import type { AgentHome, HomeSettings } from './agent-home.ts';
import { openEmbeddedHome } from './embedded-home.ts';
import { withOutputs } from './read-outputs.ts';

/** AWS where a queue's URL or the deploy's outputs are given, else the data folder on this machine. */
export async function openHome(settings: HomeSettings): Promise<AgentHome> {
  if (!isOnAws(settings)) return openEmbeddedHome(settings);
  // The AWS SDK takes longer to load than everything else together: only where it is used.
  const { openAwsHome } = await import('./aws-home.ts');
  return openAwsHome(await withOutputs(settings));
}

export function isOnAws({ ocr_job_queue_url, outputs }: HomeSettings): boolean {
  return ocr_job_queue_url !== null || outputs !== null;
}
