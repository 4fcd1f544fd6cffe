import { InProcessVision } from './in-process-vision.ts';
import { IsolatedVision } from './isolated/isolated-vision.ts';
import type { MacVision, MacVisionSettings } from './types.ts';

/** A recogniser with a queue of its own. On a machine without Vision it is made too, and says `unavailable` when used. */
export function createMacVision(settings: MacVisionSettings = {}): MacVision {
  return settings.isolated ? new IsolatedVision(settings) : new InProcessVision(settings.concurrency);
}
