#!/usr/bin/env node
// There before anything is built, so that npm can link it.
import { existsSync } from 'node:fs';

const program = new URL('../dist/receipt-ocr.js', import.meta.url);
if (existsSync(program)) await import(program.href);
else {
  console.error('receipt-ocr is not built yet: run "npx turbo build".');
  process.exitCode = 1;
}
