import type { LogFacts } from '../snapshot/snapshot.ts';
import { text } from './escape.ts';

const WIDTH = 960;
const HEIGHT = 190;
const LEFT = 64;
const BOTTOM = 30;
const COLOURS: Readonly<Record<string, string>> = { ok: '#2e7d32', timeout: '#b3261e', error: '#b26a00' };

/** Each request of a log: when it began against how long it took; lost ones in red. */
export function drawTimeLine({ source, function: name, requests, failed, verdict, rows, hosts }: LogFacts): string {
  const title = `<h3>${text(name ?? source)}: ${text(verdict)}, ${failed} of ${requests} requests fail${hosts[0] ? ` at ${text(hosts[0].host)}` : ''}</h3>`;
  if (rows.length === 0) return title;
  const last = Math.max(1, ...rows.map(({ start_ms }) => start_ms));
  const [least, most] = [10, Math.max(1_000, ...rows.map(({ duration_ms }) => duration_ms))];
  const x = (ms: number) => LEFT + (ms / last) * (WIDTH - LEFT - 16);
  // Durations of two humps lie orders of magnitude apart.
  const y = (ms: number) =>
    HEIGHT - BOTTOM - (Math.log(Math.max(least, ms) / least) / Math.log(most / least)) * (HEIGHT - BOTTOM - 14);
  const dots = rows.map(
    ({ start_ms, duration_ms, outcome }) =>
      `<circle cx="${x(start_ms).toFixed(1)}" cy="${y(duration_ms).toFixed(1)}" r="3.5" fill="${COLOURS[outcome] ?? '#8a8a8a'}" fill-opacity=".75"><title>+${(start_ms / 1_000).toFixed(1)} s, took ${(duration_ms / 1_000).toFixed(2)} s: ${text(outcome)}</title></circle>`,
  );
  const ticks = [least, 100, 1_000, 10_000, 60_000, 900_000]
    .filter((ms) => ms <= most)
    .map(
      (ms) =>
        `<line x1="${LEFT}" x2="${WIDTH - 16}" y1="${y(ms).toFixed(1)}" y2="${y(ms).toFixed(1)}" stroke="#e4e4e4"/><text x="${LEFT - 8}" y="${(y(ms) + 4).toFixed(1)}" text-anchor="end" fill="#666">${ms < 1_000 ? `${ms} ms` : `${ms / 1_000} s`}</text>`,
    );
  const axis = `<text x="${LEFT}" y="${HEIGHT - 8}" fill="#666">first request</text><text x="${WIDTH - 16}" y="${HEIGHT - 8}" text-anchor="end" fill="#666">+${(last / 1_000).toFixed(0)} s</text>`;
  return `${title}<div class="scroll"><svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="Requests in time">${ticks.join('')}${dots.join('')}${axis}</svg></div><p class="key"><i style="background:${COLOURS.ok}"></i>answered <i style="background:${COLOURS.timeout}"></i>timed out <i style="background:${COLOURS.error}"></i>failed</p>`;
}
