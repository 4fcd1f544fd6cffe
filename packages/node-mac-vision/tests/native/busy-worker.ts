/** A worker thread that has images under way when it is terminated. */
import { parentPort } from 'node:worker_threads';
import { createMacVision } from '../../src/index.ts';
import { fakeImage, rectangle } from './fake-image.ts';

const vision = createMacVision({ concurrency: 3 });
const lines = [{ text: 'unheard', quad: rectangle(0, 0, 1, 0.1) }];
for (let i = 0; i < 3; i++) {
  vision.recognizeText(fakeImage({ delayMs: 40 + 10 * i, lines })).catch((error) => parentPort?.postMessage(error));
}
parentPort?.postMessage('busy');
