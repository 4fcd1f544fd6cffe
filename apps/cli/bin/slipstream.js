#!/usr/bin/env node
// There before anything is built, so that npm can link it.
import { startProgram } from '../../../scripts/start-program.mjs';

await startProgram('slipstream', new URL('../dist/slipstream.js', import.meta.url));
