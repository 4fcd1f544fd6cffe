import type { Report } from '../findings/finding.ts';
import { destinationOf } from '../needs/need.ts';
import type { Path } from '../reach/path.ts';
import type { Examination } from '../rules/rule.ts';

const ROWS_MAX = 400;
const HOP_WIDTH = 190;
const ROW_HEIGHT = 46;

/** One page that needs nothing else: the ways drawn hop by hop, green or red, the broken hop marked, and the findings. */
export function printHtml(report: Report, examination: Examination): string {
  const paths = worst(examination.paths).slice(0, ROWS_MAX);
  const findings = report.findings.map(
    ({
      severity,
      id,
      causes,
      certainty,
      message,
      evidence,
      fix,
      verify,
      page,
      hides,
    }) => `<article class="${severity}"><h3>${severity}: ${text(id)}${causes.length > 0 ? ` <small>cause ${causes.join(', ')}</small>` : ''} <small>${certainty}</small></h3>
<p>${text(message)}</p><ul>${evidence.map((each) => `<li>${text(each)}</li>`).join('')}${hides.map((each) => `<li>explains ${text(each)}</li>`).join('')}</ul>
<p><b>Fix</b> <code>${text('command' in fix ? fix.command : fix.change)}</code></p><p><b>Verify</b> <code>${text(verify)}</code></p><p><a href="${text(page)}">${text(page)}</a></p></article>`,
  );
  const open = report.not_checked.map((each) => `<li>${text(each)}</li>`).join('');
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Doctor: ${text(examination.snapshot.source.name)}</title><style>
body{font:15px/1.45 system-ui,sans-serif;margin:2rem;max-width:75rem;color:#1b1b1b;background:#fff}article{border-left:4px solid #888;padding:.1rem 1rem;margin:1rem 0}
.error{border-color:#b3261e}.warning{border-color:#b26a00}.advice{border-color:#1565c0}code{background:#f2f2f2;padding:.1rem .3rem;overflow-wrap:anywhere}svg text{font:12px system-ui,sans-serif}
.scroll{overflow-x:auto}</style><h1>${report.healthy ? 'Healthy' : 'Findings'}: ${text(examination.snapshot.source.name)}</h1>
<h2>The network</h2><div class="scroll">${draw(paths, examination)}</div><h2>Findings</h2>${findings.join('') || '<p>None.</p>'}
${open ? `<h2>Not checked</h2><ul>${open}</ul>` : ''}</html>\n`;
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

const COLOURS = { ok: '#2e7d32', broken: '#b3261e', unknown: '#8a8a8a' } as const;

function draw(paths: readonly Path[], { index }: Examination): string {
  const longest = Math.max(1, ...paths.map(({ hops }) => hops.length + 2));
  const rows = paths.map((path, row) => {
    const y = row * ROW_HEIGHT + 8;
    const name = index.functions.get(path.function_id)?.name ?? path.function_id;
    const hops = [
      { kind: 'function', id: name, verdict: 'ok' as const },
      ...path.hops,
      { kind: path.way, id: destinationOf(path.need), verdict: path.verdict },
    ];
    return hops
      .map(({ kind, id, verdict }, at) => {
        const x = at * HOP_WIDTH;
        const line =
          at === 0
            ? ''
            : `<line x1="${x - 16}" y1="${y + 16}" x2="${x}" y2="${y + 16}" stroke="${COLOURS[path.verdict]}" stroke-width="2"/>`;
        const mark =
          verdict === 'broken'
            ? `<text x="${x + HOP_WIDTH - 34}" y="${y + 20}" fill="${COLOURS.broken}" font-weight="bold">✕</text>`
            : '';
        return `${line}<rect x="${x}" y="${y}" width="${HOP_WIDTH - 18}" height="32" rx="5" fill="#fff" stroke="${COLOURS[verdict]}" stroke-width="${verdict === 'broken' ? 3 : 1.5}"/><text x="${x + 7}" y="${y + 13}" fill="#666">${text(kind)}</text><text x="${x + 7}" y="${y + 27}">${text(short(id))}<title>${text(id)}</title></text>${mark}`;
      })
      .join('');
  });
  const [width, height] = [longest * HOP_WIDTH, paths.length * ROW_HEIGHT + 16];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="Ways of the functions">${rows.join('')}</svg>`;
}

function short(id: string): string {
  return id.length <= 24 ? id : `…${id.slice(-23)}`;
}

function text(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
