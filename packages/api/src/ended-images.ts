import type { ImageSummary, ImagesPage } from '@slipstream/api-contract';
import { type ImageOutcome, photoHints } from '@slipstream/shared';
import type { ApiPorts } from './api-ports.ts';

/** A caller's images of one outcome, the latest first. A page can be short or empty while there is a cursor. */
export async function endedImages(
  { callerImages, uploads, jobs }: Pick<ApiPorts, 'callerImages' | 'uploads' | 'jobs'>,
  caller: string,
  { status, ...options }: { readonly status: ImageOutcome; readonly limit: number; readonly cursor: string | null },
): Promise<ImagesPage> {
  const page = await callerImages.list(caller, status, options);
  const images = await Promise.all(
    page.items.map(async ({ image_id, created_at, outcome_at }): Promise<ImageSummary> => {
      const [upload, current] = await Promise.all([uploads.get(image_id, caller), jobs.current(image_id)]);
      return {
        image_id,
        file_name: upload?.file_name ?? null,
        status,
        photo_hints: photoHints(current?.job.photo_hints ?? []),
        ended_at: outcome_at ?? created_at,
        created_at,
      };
    }),
  );
  return { images, cursor: page.cursor };
}
