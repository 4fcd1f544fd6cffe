import { describe } from 'vitest';
import { openEmbeddedMemoryHome } from '../../testing/memory-home.ts';
import { merchantRaces } from '../../testing/merchant-races-suite.ts';

describe('merchants of receipts that end at once, on SQLite', () => merchantRaces(openEmbeddedMemoryHome));
