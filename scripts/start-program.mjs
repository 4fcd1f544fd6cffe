// Starts a built program on Node 24. Written for Node 20: where the installed one is older, the Node that `npm ci` brought
// on Linux runs the program in its place, and where there is none, one sentence says what to do.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

const NODE_MAJOR_MIN = 24; // node:sqlite without a flag
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const BROUGHT_NODE = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url));
/** Set for the program that is started: one that still finds itself on an old Node does not start another. */
const STARTED = 'SLIPSTREAM_STARTED_ON_NODE';

/** `entry`: file URL of the bundle. */
export async function startProgram(name, entry) {
  if (!existsSync(entry)) return refuse(`${name} is not built yet: run "npm run build" in the checkout.`);
  if (Number(process.versions.node.split('.')[0]) >= NODE_MAJOR_MIN) return import(entry.href);
  if (!existsSync(BROUGHT_NODE) || process.env[STARTED])
    return refuse(
      `${name} needs Node ${NODE_MAJOR_MIN} or later, this is ${process.versions.node}: install it from https://nodejs.org, then run "npm ci" in the checkout again.`,
    );
  const env = { ...process.env, [STARTED]: process.versions.node };
  const args = [fileURLToPath(entry), ...process.argv.slice(2)];
  const child = spawn(BROUGHT_NODE, args, { stdio: 'inherit', env });
  // From a terminal the program has Ctrl-C as well; whoever signals this process alone means the program.
  const isTyped = (signal) => signal === 'SIGINT' && process.stdin.isTTY === true;
  for (const signal of SIGNALS) process.on(signal, () => isTyped(signal) || child.kill(signal));
  child.once('error', (error) => refuse(`${BROUGHT_NODE} cannot be started (${error.message}): run "npm ci" again.`));
  child.once('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0);
  });
}

function refuse(sentence) {
  console.error(sentence);
  process.exitCode = 1;
}
