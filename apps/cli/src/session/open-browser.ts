import { spawn } from 'node:child_process';

/**
 * Opens an address in this machine's browser: the program that BROWSER names, else the system's own. Whether one came
 * up cannot be known, so that the address is printed as well.
 */
export function openBrowser(url: string, env: NodeJS.ProcessEnv = process.env, platform = process.platform): void {
  const command = env.BROWSER || { darwin: 'open', linux: 'xdg-open' }[String(platform)];
  if (!command) return;
  // No shell: an address is an argument, whatever stands in it.
  const child = spawn(command, [url], { stdio: 'ignore', detached: true });
  child.once('error', () => {}); // no browser here: the person opens the printed address elsewhere
  child.unref();
}
