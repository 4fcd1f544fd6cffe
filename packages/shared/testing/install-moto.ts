import { installMoto } from './moto-server.ts';

process.exitCode = installMoto() ? 0 : 1;
