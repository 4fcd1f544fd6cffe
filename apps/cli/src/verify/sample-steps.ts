import { type StepResult, takeStep } from '@slipstream/doctor';
import { fileNameOf } from '@slipstream/runtime';
import { type Clock, FUNCTION_NEEDS, type ObjectStore, rawKey, SlipstreamError } from '@slipstream/shared';
import type { ReceiptsService } from '../service/receipts-service.ts';
import { waitForImages } from '../service/wait-for-images.ts';

export interface Sample {
  readonly bytes: Uint8Array;
  readonly file: string;
}

export interface SampleRun {
  /** null: nothing was taken in. */
  readonly image_id: string | null;
  readonly steps: readonly StepResult[];
}

/** What to do about each step; the commands ask the stack that was verified, and not this machine's own data. */
const remediesOf = (stack: string) => ({
  upload: `Sign in with slipstream login --stack ${stack}, and look at the log of the function api.`,
  completed: `slipstream queues --stack ${stack} shows where it waits: in uploads-queue for submit-job, in ocr-queue for an agent (is one running? slipstream agents --stack ${stack}), in ocr-results-queue for process-ocr-results. slipstream dead list --stack ${stack} shows what was dead-lettered, with its reason.`,
  validated: `Look at the logs of stream-processor and validate-receipt, and at validate-queue in slipstream queues --stack ${stack}; the stream passes through stream-processor.`,
});

/** Uploads one photograph as a person would, and follows it to its end. */
export async function sampleSteps(
  service: ReceiptsService,
  sample: Sample,
  clock: Clock,
  { stack, wait_ms, signal }: { readonly stack: string; readonly wait_ms: number; readonly signal: AbortSignal },
): Promise<SampleRun> {
  const remedies = remediesOf(stack);
  let image_id: string | null = null;
  const uploaded = await takeStep('sample: uploaded', remedies.upload, async () => {
    const submitted = await service.submit({ bytes: sample.bytes, file_name: fileNameOf(sample.file) });
    image_id = submitted.image_id;
    return `${sample.bytes.byteLength} bytes as ${submitted.image_id}`;
  });
  if (image_id === null) return { image_id, steps: [uploaded] };
  const startedAt = performance.now();
  const [outcome] = await follow(
    service,
    image_id,
    clock,
    AbortSignal.any([signal, AbortSignal.timeout(wait_ms)]),
  ).catch(failed);
  const waited_ms = Math.round(performance.now() - startedAt);
  const completed = await takeStep('sample: COMPLETED', remedies.completed, async () => {
    if (outcome instanceof Error) throw outcome;
    const { job, receipts } = outcome ?? { job: null, receipts: [] };
    if (job?.status === 'COMPLETED') return `${receipts.length} receipts found`;
    if (job?.reason) throw new SlipstreamError('ENGINE_FAILED', `The job is ${job.status}: ${job.reason.message}`);
    const after_s = Math.round(waited_ms / 1_000);
    throw new SlipstreamError('TIME_EXHAUSTED', `After ${after_s} s the job is ${job?.status ?? 'not there'}.`);
  });
  const validated = await takeStep('sample: validated', remedies.validated, async () => {
    const { job, receipts } = outcome instanceof Error || !outcome ? { job: null, receipts: [] } : outcome;
    if (job?.status !== 'COMPLETED') throw new SlipstreamError('TIME_EXHAUSTED', 'It did not come so far.');
    if (receipts.length === 0) throw new SlipstreamError('NOT_FOUND', 'No receipt was found on the sample.');
    const open = receipts.filter(({ status }) => status === 'NEW');
    if (open.length > 0) throw new SlipstreamError('TIME_EXHAUSTED', `${open.length} receipts are still NEW.`);
    return receipts.map(({ receipt_id, status }) => `receipt ${Number(receipt_id)} is ${status}`).join(', ');
  });
  return { image_id, steps: [uploaded, { ...completed, duration_ms: waited_ms }, validated] };
}

const failed = (error: unknown): readonly [SlipstreamError] => [SlipstreamError.from(error)];

function follow(service: ReceiptsService, imageId: string, clock: Clock, signal: AbortSignal) {
  return waitForImages(service, clock, [imageId], () => {}, signal);
}

/** Whose role has to read photographs. */
export function readsPhotographs(name: string): boolean {
  const fn = Object.values(FUNCTION_NEEDS).find((one) => one.function === name);
  return (
    fn?.aws.some(({ resource, actions }) => resource === 'raw-bucket/raw/*' && actions.includes('s3:GetObject')) ??
    false
  );
}

/** The sample's own photograph, read with a role: no other object may lie where photographs come in. */
export function photographStep(name: string, raw: ObjectStore, imageId: string): Promise<StepResult> {
  const remedy = `The role of ${name} has to read raw/* of the raw bucket, and its key.`;
  return takeStep(`${name}: the photograph`, remedy, async () => {
    const { size, body } = await raw.get(rawKey(imageId), { range: [0, 0] });
    for await (const _ of body); // the stream is read to its end
    return `read by the role, ${size} bytes`;
  });
}
