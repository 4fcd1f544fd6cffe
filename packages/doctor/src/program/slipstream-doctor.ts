import { doctorCommand, EXIT_BLIND } from './doctor-command.ts';

const program = doctorCommand('slipstream-doctor', 'slipstream-doctor').version('0.1.0');
for (const command of [program, ...program.commands])
  command.exitOverride((stop) => process.exit(stop.exitCode === 0 ? 0 : EXIT_BLIND));
await program.parseAsync();
