import { describe } from 'vitest';
import { openEmbeddedMemoryHome } from './memory-home.ts';
import { merchantRaces } from './merchant-races-suite.ts';

describe('merchants of receipts that end at once, on SQLite', () => merchantRaces(openEmbeddedMemoryHome));
