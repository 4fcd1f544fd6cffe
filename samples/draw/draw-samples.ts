import { writeFile } from 'node:fs/promises';
import { drawSample } from './draw-sample.ts';
import { SAMPLES } from './receipts/index.ts';
import { truthSchema } from './truth.ts';

// Draws every sample and its truth into the folder above: `npm run draw -w @slipstream/samples`.
for (const sample of SAMPLES) {
  const file = new URL(`../${sample.name}`, import.meta.url);
  const jpeg = await drawSample(sample);
  await writeFile(`${file.pathname}.jpg`, jpeg);
  await writeFile(`${file.pathname}.json`, `${JSON.stringify(truthSchema.parse(sample.truth), null, 2)}\n`);
  console.log(`${sample.name}.jpg  ${Math.round(jpeg.length / 1024)} KB`);
}
