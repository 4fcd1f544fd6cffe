import { type Clock, type OcrDocument, SlipstreamError } from '@slipstream/shared';
import type { OcrEngine } from '../src/engines/engine.ts';
import type { EngineImage } from '../src/pictures/engine-image.ts';
import type { World } from './world.ts';

/** An engine that takes the time and fails the way the scenario says. */
export function simulatedEngine(world: World, clock: Clock): OcrEngine {
  const { concurrency, engineObeys } = world.scenario;
  let reading = 0;

  async function read(image: EngineImage, signal: AbortSignal): Promise<OcrDocument> {
    const job = world.scenario.jobs.find((planned) => planned.image_id === image.image_id);
    if (job === undefined) throw new Error('an image was read that is nobody’s');
    await clock.sleep(job.work_ms, engineObeys ? signal : undefined);
    if (engineObeys && signal.aborted) throw new SlipstreamError('ABORTED', 'The engine was told to stop.');
    const { fate } = job;
    if (fate.kind === 'failed' && fate.code === 'IMAGE_UNREADABLE') {
      throw new SlipstreamError('IMAGE_UNREADABLE', 'The image is damaged.');
    }
    const failures = world.ledger.engineFailures.get(job.job_id) ?? 0;
    if (failures < fate.engine_failures) {
      world.ledger.engineFailures.set(job.job_id, failures + 1);
      throw new SlipstreamError('ENGINE_FAILED', 'The engine failed.');
    }
    return documentOf(image);
  }

  return {
    name: 'simulated',
    version: '1',
    concurrency,
    prewarm: async () => {},
    close: async () => {},
    async recognise(image, signal) {
      reading += 1;
      if (reading > concurrency) world.ledger.violate(`${reading} images are read at once, ${concurrency} may be`);
      try {
        return await read(image, signal);
      } finally {
        reading -= 1;
      }
    },
  };
}

function documentOf({ width, height, sha256 }: EngineImage): OcrDocument {
  return {
    schema_version: 1,
    image: { width, height, orientation: 1, sha256 },
    engine: { name: 'simulated', version: '1', level: 'fast', languages: [] },
    lines: [],
    regions: [],
  };
}
