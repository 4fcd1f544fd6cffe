#!/usr/bin/env node
// There before anything is built, so that npm can link it.
import { startProgram } from '../../../scripts/start-program.mjs';

await startProgram('receipt-ocr', new URL('../dist/receipt-ocr.js', import.meta.url));
