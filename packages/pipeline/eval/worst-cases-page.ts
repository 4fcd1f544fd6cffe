import type { Judged } from './judge-look-ups.ts';

/** A page with each look-up that did not end right: what was printed, what was found, and why. */
export function worstCasesPage(worst: readonly Judged[], all: number): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Merchants</title><style>
body{font:14px/1.45 system-ui,sans-serif;margin:24px;color:#1b1b1f;background:#fafafa}
section{display:flex;gap:24px;margin:0 0 28px;padding-top:12px;border-top:1px solid #ddd}
pre{flex:none;width:420px;margin:0;padding:8px;background:#fff;box-shadow:0 1px 4px #0003;white-space:pre-wrap}
h2{font-size:15px;margin:0 0 6px}li{color:#555}
</style></head><body><h1>Merchants</h1><p>${worst.length} of ${all} look-ups did not end with the right merchant, the worst first.</p>
${worst.map(caseSection).join('\n')}</body></html>
`;
}

function caseSection({ receipt, share, match, outcome, is_stranger, is_read, name_read, head }: Judged): string {
  const title = `${receipt.id}, ${Math.round(share * 100)} % damaged: ${is_stranger ? 'stranger matched' : outcome.replace('_', ', ')}`;
  const facts = [
    `is from ${receipt.company}`,
    `${match.status} by ${match.tier}: ${match.name ?? 'nobody'}`,
    `name read: ${name_read ?? 'none'}${is_read ? '' : ' (no receipt was found in it)'}`,
    ...match.evidence,
    ...match.candidates.map(({ name, confidence }) => `candidate ${name} (${confidence})`),
  ];
  return `<section><pre>${escapeHtml(head.join('\n'))}</pre><div><h2>${escapeHtml(title)}</h2><ul>${facts
    .map((fact) => `<li>${escapeHtml(fact)}</li>`)
    .join('')}</ul></div></section>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
