import type { Finding, Report } from '../findings/finding.ts';
import type { Examination } from '../rules/rule.ts';
import { drawNetwork } from './draw-network.ts';
import { drawTimeLine } from './draw-time-line.ts';
import { text } from './escape.ts';

const STYLE = `body{font:15px/1.45 system-ui,sans-serif;margin:2rem auto;padding:0 1.5rem;max-width:75rem;color:#1b1b1b;background:#fff;overflow-wrap:anywhere}
@media(max-width:40rem){body{margin:1rem auto;padding:0 .8rem}ul{padding-left:1.2rem}}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}h3{font-size:1rem;margin:.4rem 0}small{font-weight:400;color:#666}
article{border-left:4px solid #888;padding:.1rem 1rem;margin:1rem 0}.error{border-color:#b3261e}.warning{border-color:#b26a00}.advice{border-color:#1565c0}
code{background:#f2f2f2;padding:.1rem .3rem;overflow-wrap:anywhere}svg text{font:12px system-ui,sans-serif}.scroll{overflow-x:auto}
.key{color:#666;font-size:.85rem}.key i{display:inline-block;width:.7rem;height:.7rem;border-radius:50%;margin:0 .3rem 0 .8rem}`;

/** One page that needs nothing else: findings, the network drawn, and the time-lines of the logs. */
export function printHtml(report: Report, examination: Examination): string {
  const { snapshot } = examination;
  const lines = snapshot.logs.map(drawTimeLine).join('');
  const open = report.not_checked.map((each) => `<li>${text(each)}</li>`).join('');
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Doctor: ${text(snapshot.source.name)}</title><style>${STYLE}</style></head><body>
<h1>${report.healthy ? 'Healthy' : count(report.findings.length, 'finding')}: ${text(snapshot.source.name)}</h1>
<p><small>${count(snapshot.functions.length, 'function')}, collected ${text(snapshot.source.collected_at.replace('T', ' ').replace(/\.\d+Z$/, ' UTC'))}</small></p>
<h2>Findings</h2>${report.findings.map(article).join('') || '<p>None.</p>'}
<h2>The network</h2>${drawNetwork(examination)}
${lines ? `<h2>Requests in time</h2>${lines}` : ''}
${open ? `<h2>Not checked</h2><ul>${open}</ul>` : ''}</body></html>
`;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

function article(finding: Finding): string {
  const { severity, id, causes, certainty, message, evidence, fix, verify, page, hides, monthly_usd } = finding;
  const money =
    monthly_usd === null || monthly_usd === 0
      ? ''
      : `<p><b>${monthly_usd < 0 ? 'Saves' : 'Costs'}</b> $${Math.abs(monthly_usd).toFixed(2)} a month</p>`;
  const list = [...evidence, ...hides.map((each) => `explains ${each}`)].map((each) => `<li>${text(each)}</li>`);
  return `<article class="${severity}"><h3>${severity}: ${text(id)} <small>${causes.length > 0 ? `cause ${causes.join(', ')}, ` : ''}${certainty}</small></h3>
<p>${text(message)}</p><ul>${list.join('')}</ul><p><b>Fix</b> <code>${text('command' in fix ? fix.command : fix.change)}</code></p>${money}
<p><b>Verify</b> <code>${text(verify)}</code></p><p><a href="${text(page)}">${text(page)}</a></p></article>`;
}
