/**
 * Where `slipstream login` lets the browser come back to: a server on this machine, on the first of these ports that is
 * free. Cognito compares redirects exactly, port included, and takes plain HTTP for the name localhost only, so the
 * deploy registers each of them. In the range that IANA gives to nobody.
 */
export const LOGIN_PORTS: readonly number[] = [49_610, 49_611, 49_612];
export const LOGIN_PATH = '/signed-in';

export function loginRedirect(port: number): string {
  return `http://localhost:${port}${LOGIN_PATH}`;
}
