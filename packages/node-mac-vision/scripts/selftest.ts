/**
 * `npm run selftest`, on a Mac: draws known text and shows that the real Vision, through the addon, reads it where it was drawn;
 * prints the time an image takes. `--json` prints everything as JSON. Exits with 1 where a check fails.
 */
import { parseArgs } from 'node:util';
import { info } from '../src/index.ts';
import { checks } from './selftest/checks.ts';
import { measureSpeed } from './selftest/speed.ts';

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
const say = (line: string) => {
  if (!values.json) console.log(line);
};

const about = info();
if (!about.available) {
  console.error(`Apple Vision is unavailable: ${about.reason}.`);
  process.exit(1);
}
say(
  `macOS ${about.systemVersion}, text recogniser revision ${about.revision}, ${process.arch}, Node ${process.version}`,
);

const results: { name: string; ms: number; failure?: string }[] = [];
for (const { name, run } of checks) {
  const began = performance.now();
  const failure = await run().then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  const ms = Math.round(performance.now() - began);
  results.push({ name, ms, ...(failure && { failure }) });
  say(`${failure ? 'FAIL' : 'ok  '}  ${name}  (${ms} ms)${failure ? `\n      ${failure}` : ''}`);
}
// Without correct reading there is no speed worth knowing.
const failed = results.filter(({ failure }) => failure);
const speeds = failed.length === 0 ? await measureSpeed() : [];
for (const { level, at_once, ms_an_image } of speeds)
  say(`${level.padEnd(9)} ${at_once} at once: ${ms_an_image} ms an image`);

if (values.json) console.log(JSON.stringify({ about, results, speeds }, null, 2));
else say(failed.length === 0 ? 'all checks hold' : `${failed.length} of ${results.length} checks failed`);
process.exitCode = failed.length === 0 ? 0 : 1;
