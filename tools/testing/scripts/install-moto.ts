import { installMoto } from '../src/aws-server/moto-server.ts';

/** npm run moto:install -w @slipstream/testing [-- --all]: moto for the stores, or for every service of a deploy. */
process.exitCode = installMoto(process.argv.includes('--all') ? 'all' : 'stores') ? 0 : 1;
