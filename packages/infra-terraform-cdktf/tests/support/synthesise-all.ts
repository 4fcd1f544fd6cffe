import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAgentNeeds } from '../../src/bundles/bundle-files.ts';
import { ENVIRONMENTS } from '../../src/environments/index.ts';
import { synthesise } from '../../src/stack/slipstream-app.ts';
import { emptyBundles } from './empty-bundles.ts';

// A program of its own: everything that `npx cdktf synth` does, but for zipping the functions.
const options = { bundles: emptyBundles(), agentNeeds: readAgentNeeds(), stateOf: () => null, endpoint: null };
synthesise(ENVIRONMENTS, options, mkdtempSync(join(tmpdir(), 'slipstream-synth-all-')));
