#!/usr/bin/env node
import { withSteadyMemory } from './local/steady-memory.ts';

// What it makes, other users of this machine can neither list nor read.
process.umask(0o077);
// Before anything else is loaded: the process begins anew.
if (process.argv[2] === 'dev') withSteadyMemory();
await import('./program.ts');
