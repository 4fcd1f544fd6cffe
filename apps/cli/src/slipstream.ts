#!/usr/bin/env node
import { withSteadyMemory } from './local/steady-memory.ts';

// Before anything else is loaded: the process begins anew.
if (process.argv[2] === 'dev') withSteadyMemory();
await import('./program.ts');
