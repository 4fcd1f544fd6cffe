import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openApiDocument } from '../src/openapi/openapi-document.ts';
import { typesOfDocument } from './types-of-document.ts';

/** npm run client: writes the types of the typed client. */
const FILE = fileURLToPath(new URL('../src/client/api-types.ts', import.meta.url));

writeFileSync(FILE, typesOfDocument(openApiDocument()));
