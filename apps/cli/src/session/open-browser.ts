import { spawn } from 'node:child_process';

/**
 * Opens an address in this machine's browser: the program that BROWSER names, else the system's own. Whether one came
 * up cannot be known, so that the address is printed as well.
 */
export function openBrowser(url: string, env: NodeJS.ProcessEnv = process.env, platform = process.platform): void {
  const command = env.BROWSER || systemOpener(platform);
  if (command !== undefined) start(command, url);
}

/** Opens a file in the program that the system has for its kind. */
export function openWithSystem(path: string, platform = process.platform): void {
  const command = systemOpener(platform);
  if (command !== undefined) start(command, path);
}

const systemOpener = (platform: string): string | undefined => ({ darwin: 'open', linux: 'xdg-open' })[platform];

function start(command: string, argument: string): void {
  // No shell: an address is an argument, whatever stands in it.
  const child = spawn(command, [argument], { stdio: 'ignore', detached: true });
  child.once('error', () => {}); // no such program here: the person opens what is printed elsewhere
  child.unref();
}
