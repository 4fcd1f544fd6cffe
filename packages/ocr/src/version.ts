import manifest from '../package.json' with { type: 'json' };

/** Of the agent, as `--version`, its heartbeat and its install folder say it. */
export const VERSION = manifest.version;
