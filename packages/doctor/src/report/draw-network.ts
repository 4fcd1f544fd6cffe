import { destinationOf } from '../needs/need.ts';
import type { Path } from '../reach/path.ts';
import type { Examination } from '../rules/rule.ts';
import { text } from './escape.ts';

const ROWS_MAX = 400;
const HOP_WIDTH = 200;
const BOX_WIDTH = 178;
const ROW_HEIGHT = 68;
/** Above the boxes stands what is on its way where: the destination at the row's end may be out of sight. */
const CAPTION_HEIGHT = 18;
const LETTERS_MAX = 23;
const COLOURS = { ok: '#2e7d32', broken: '#b3261e', unknown: '#8a8a8a' } as const;

/** The ways drawn hop by hop, green or red, broken ones first; the broken hop is marked, and nothing passes behind it. */
export function drawNetwork(examination: Examination): string {
  const all = worst(examination.paths);
  const paths = all.slice(0, ROWS_MAX);
  const longest = Math.max(1, ...paths.map(({ hops }) => hops.length + 2));
  const rows = paths.map((path, row) => drawPath(examination, path, row * ROW_HEIGHT + CAPTION_HEIGHT + 8));
  const [width, height] = [longest * HOP_WIDTH, paths.length * ROW_HEIGHT + 12];
  const more = all.length > paths.length ? `<p>and ${all.length - paths.length} more ways</p>` : '';
  return `<div class="scroll"><svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="Ways of the functions">${rows.join('')}</svg></div>${more}<p class="key"><i style="background:${COLOURS.ok}"></i>passes <i style="background:${COLOURS.broken}"></i>broken <i style="background:${COLOURS.unknown}"></i>not known</p>`;
}

/** Broken ways first, one row for each function and destination. */
function worst(paths: readonly Path[]): Path[] {
  const rank = { broken: 0, unknown: 1, ok: 2 } as const;
  const chosen = new Map<string, Path>();
  for (const path of paths) {
    const key = `${path.function_id} ${destinationOf(path.need)}`;
    const known = chosen.get(key);
    if (!known || rank[path.verdict] < rank[known.verdict]) chosen.set(key, path);
  }
  return [...chosen.values()].toSorted((a, b) => rank[a.verdict] - rank[b.verdict]);
}

interface Box {
  readonly kind: string;
  readonly id: string;
  readonly verdict: 'ok' | 'broken' | 'unknown';
}

/** From the function to the destination; where no hop is the broken one, the way to the destination is. */
function boxesOf({ index }: Examination, path: Path): Box[] {
  const name = index.functions.get(path.function_id)?.name ?? path.function_id;
  const end: Box = { kind: path.way, id: destinationOf(path.need), verdict: path.verdict };
  return [{ kind: 'function', id: name, verdict: 'ok' }, ...path.hops, end];
}

function drawPath(examination: Examination, path: Path, y: number): string {
  const boxes = boxesOf(examination, path);
  const broken = boxes.findIndex(({ verdict }) => verdict === 'broken');
  const why = path.breaks.find(({ soft }) => soft !== true)?.evidence[0] ?? path.unknown[0] ?? '';
  const [from, to] = [boxes[0]?.id ?? '', destinationOf(path.need)];
  const caption = `<text x="1" y="${y - 8}" font-weight="600" fill="${path.verdict === 'ok' ? '#1b1b1b' : COLOURS[path.verdict]}">${text(`${from} → ${to}`)}</text>`;
  const drawn = boxes
    .map(({ kind, id, verdict }, at) => {
      const x = at * HOP_WIDTH;
      const isBehind = broken !== -1 && at > broken;
      const colour = isBehind ? COLOURS.unknown : COLOURS[verdict];
      const reaches = broken === -1 || at <= broken;
      const line =
        at === 0
          ? ''
          : `<line x1="${x - HOP_WIDTH + BOX_WIDTH}" y1="${y + 17}" x2="${x}" y2="${y + 17}" stroke="${reaches ? COLOURS[path.verdict === 'unknown' ? 'unknown' : at === broken ? 'broken' : 'ok'] : COLOURS.unknown}" stroke-width="2"${reaches ? '' : ' stroke-dasharray="3 3"'}/>`;
      const isMarked = at === broken;
      const mark = isMarked
        ? `<circle cx="${x + BOX_WIDTH}" cy="${y}" r="8" fill="${COLOURS.broken}"/><text x="${x + BOX_WIDTH}" y="${y + 4}" fill="#fff" text-anchor="middle" font-weight="bold">✕</text>`
        : '';
      return `${line}<g><title>${text(isMarked ? `${id}: ${why}` : id)}</title><rect x="${x + 1}" y="${y}" width="${BOX_WIDTH}" height="34" rx="5" fill="${isMarked ? '#fdecea' : '#fff'}" stroke="${colour}" stroke-width="${isMarked ? 2.5 : 1.3}"/><text x="${x + 8}" y="${y + 13}" fill="#666">${text(kind)}</text><text x="${x + 8}" y="${y + 28}">${text(short(id))}</text></g>${mark}`;
    })
    .join('');
  return `${caption}${drawn}`;
}

/** Of a host the beginning tells it apart, of an address or ARN the end. */
function short(address: string): string {
  const id = address.replace(/^(?:module\.[^.]+\.)*(?:data\.)?aws_/, '');
  if (id.length <= LETTERS_MAX) return id;
  return /:\d+$/.test(id) ? `${id.slice(0, LETTERS_MAX - 1)}…` : `…${id.slice(1 - LETTERS_MAX)}`;
}
