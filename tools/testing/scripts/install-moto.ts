import { installMoto } from '../src/aws-server/moto-server.ts';

process.exitCode = installMoto() ? 0 : 1;
