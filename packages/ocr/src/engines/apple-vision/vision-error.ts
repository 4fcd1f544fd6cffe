import { type ErrorCode, SlipstreamError } from '@slipstream/shared';
import { MacVisionError, type MacVisionErrorCode } from 'node-mac-vision';

const CODES: Record<MacVisionErrorCode, ErrorCode> = {
  unavailable: 'ENGINE_UNAVAILABLE',
  invalid_option: 'CONFIGURATION_INVALID',
  unsupported_language: 'CONFIGURATION_INVALID',
  not_an_image: 'IMAGE_UNREADABLE',
  image_too_large: 'IMAGE_PIXELS_EXCEEDED',
  unreadable_file: 'IMAGE_UNREADABLE',
  vision_failed: 'ENGINE_FAILED',
  exception: 'ENGINE_FAILED',
  timeout: 'ENGINE_FAILED',
  crashed: 'ENGINE_FAILED',
  cancelled: 'ABORTED',
  busy: 'ENGINE_FAILED',
  out_of_memory: 'ENGINE_FAILED',
  closed: 'ABORTED',
};

/** What Vision threw, in the agent's terms; what it did not throw stays what it is. */
export function fromVision(thrown: unknown): SlipstreamError {
  if (!(thrown instanceof MacVisionError)) return SlipstreamError.from(thrown);
  const details = { vision_code: thrown.code, ...(thrown.native && { native_code: thrown.native.nativeCode }) };
  return new SlipstreamError(CODES[thrown.code], `Apple Vision: ${thrown.message}`, { cause: thrown, details });
}
