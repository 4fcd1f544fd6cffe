import { parseArgs } from 'node:util';
import { readHostile } from './read-hostile.ts';

// `npm run hostile -w @slipstream/ocr [-- --files 336 --seed 1]`: damaged files of every type, read as the agent reads them.
// Exit code 1 where one does not end with a reason of its own, or where a reading process grows too large.

const PEAK_MB_MAX = 1_000;
const { values } = parseArgs({ options: { files: { type: 'string' }, seed: { type: 'string' } } });
const seed = Number(values.seed ?? 1);
const { files, outcomes, faults, peakMb } = await readHostile(Number(values.files ?? 336), seed);
console.log(`${files} files, seed ${seed}`);
for (const [code, count] of [...outcomes].sort((a, b) => b[1] - a[1])) console.log(`${code.padEnd(26)}${count}`);
console.log(`peak memory of the reading process: ${peakMb ?? 'unknown'} MB (at most ${PEAK_MB_MAX})`);
for (const fault of faults) console.log(`FAULT ${fault}`);
if (faults.length > 0 || (peakMb ?? 0) > PEAK_MB_MAX) process.exitCode = 1;
