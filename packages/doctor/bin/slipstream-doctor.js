#!/usr/bin/env node
// There before anything is built, so that npm can link it.
import { existsSync } from 'node:fs';

const program = new URL('../dist/slipstream-doctor.js', import.meta.url);
if (existsSync(program)) await import(program.href);
else {
  console.error('slipstream-doctor is not built yet: run "npm run build".');
  process.exitCode = 2;
}
