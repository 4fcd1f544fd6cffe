import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { OcrDocument } from '@slipstream/shared';
import type { TotalExplanation } from '../../src/index.ts';
import type { Judgement } from './entities.ts';

/** A receipt with at least one entity read wrongly. */
export interface WorstCase {
  readonly id: string;
  readonly document: OcrDocument;
  readonly image: string | null;
  readonly judgements: readonly Judgement[];
  readonly reasons: readonly string[];
  /** Why the receipt has its total; null where there is no receipt. */
  readonly total: TotalExplanation | null;
}

/** Width of a picture on the page, in CSS pixels. */
const PICTURE_PX = 420;

/** A page that shows each case as a picture with its boxes, beside what was read and what a person read. */
export function worstCasesPage(title: string, cases: readonly WorstCase[]): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title><style>
body{font:14px/1.45 system-ui,sans-serif;margin:24px;color:#1b1b1f;background:#fafafa}
section{display:flex;gap:24px;margin:0 0 40px;padding-top:16px;border-top:1px solid #ddd}
table{border-collapse:collapse;align-self:flex-start}td,th{padding:4px 10px;text-align:left;vertical-align:top;border-bottom:1px solid #e5e5e5;max-width:420px}
.wrong{background:#fdecea}.chosen{background:#eaf4ea}.small{font-size:12px;margin-top:12px}.reason{color:#777}svg{flex:none;background:#fff;box-shadow:0 1px 4px #0003}
</style></head><body><h1>${escapeHtml(title)}</h1><p>${cases.length} receipts with a wrong entity, the surest mistakes first.</p>
${cases.map(caseSection).join('\n')}</body></html>
`;
}

function caseSection({ id, document, image, judgements, reasons, total }: WorstCase): string {
  const rows = judgements
    .map(
      ({ entity, read, expected, confidence, right }) =>
        `<tr class="${right ? 'right' : 'wrong'}"><th>${entity}</th><td>${escapeHtml(read ?? '—')}</td><td>${escapeHtml(expected)}</td><td>${confidence.toFixed(2)}</td></tr>`,
    )
    .join('');
  return `<section>${picture(document, image)}<div><h2>${escapeHtml(id)}</h2><table><tr><th></th><th>read</th><th>by a person</th><th>confidence</th></tr>${rows}</table>
<p class="reason">${escapeHtml(reasons.join('; '))}</p>${total === null ? '' : totalTable(total)}</div></section>`;
}

/** The candidates for the total, the sums that were tried, and why one was chosen. */
function totalTable({ candidates, why }: TotalExplanation): string {
  const rows = candidates
    .map(
      ({ value, row, rules, ranker, sum, chosen }) =>
        `<tr class="${chosen ? 'chosen' : ''}"><th>${value}</th><td>${rules === null ? '—' : rules.toFixed(1)}</td><td>${(100 * ranker).toFixed(1)} %</td><td>${escapeHtml(row)}</td><td>${escapeHtml(sum)}</td></tr>`,
    )
    .join('');
  return `<table class="small"><tr><th>total?</th><th>rules</th><th>ranker</th><th>row</th><th>sum</th></tr>${rows}</table><p class="reason">${escapeHtml(why.join(' '))}</p>`;
}

/** The scan, or white paper, with every line's quad and text over it. */
function picture({ image: size, lines }: OcrDocument, image: string | null): string {
  const height = Math.round((PICTURE_PX * size.height) / size.width);
  const scan =
    image === null ? '' : `<image href="${dataUrl(image)}" width="${PICTURE_PX}" height="${height}" opacity="0.75"/>`;
  const boxes = lines
    .map(({ quad, text }) => {
      const points = quad.map(([x, y]) => `${(x * PICTURE_PX).toFixed(1)},${(y * height).toFixed(1)}`).join(' ');
      const [x, y] = quad[3];
      const caption =
        image === null
          ? `<text x="${(x * PICTURE_PX).toFixed(1)}" y="${(y * height - 2).toFixed(1)}" font-size="9">${escapeHtml(text)}</text>`
          : '';
      return `<polygon points="${points}" fill="none" stroke="#0a6cff" stroke-width="0.7"><title>${escapeHtml(text)}</title></polygon>${caption}`;
    })
    .join('');
  return `<svg width="${PICTURE_PX}" height="${height}" viewBox="0 0 ${PICTURE_PX} ${height}">${scan}${boxes}</svg>`;
}

/** Pictures are put into the page, so that it can be moved. */
function dataUrl(file: string): string {
  const type = path.extname(file).toLowerCase() === '.png' ? 'png' : 'jpeg';
  return `data:image/${type};base64,${readFileSync(file).toString('base64')}`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
