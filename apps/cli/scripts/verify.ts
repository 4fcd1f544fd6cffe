import { verbCommand } from '../src/verbs/verb.ts';
import { verifyVerb } from '../src/verify/verify-verb.ts';

// Verifies a deployed stack. Run with: npm run verify -- --env dev
await verbCommand(verifyVerb).parseAsync();
