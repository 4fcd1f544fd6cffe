import { verbCommand } from '@slipstream/terminal';
import { verifyVerb } from '../src/verify/verify-verb.ts';

// npm runs a workspace's script in the workspace's folder; files are given as seen from where the person is.
process.chdir(process.env.INIT_CWD ?? process.cwd());

// Verifies a deployed stack. Run with: npm run verify -- --env dev
await verbCommand(verifyVerb).parseAsync();
