import { SlipstreamError } from '@slipstream/shared';
import { wrappedRows, wrappedText } from '../text/wrap.ts';
import { RULES } from './all-rules.ts';
import { CAUSES } from './causes.ts';
import { MYTHS } from './myths.ts';

/** What a rule, a cause by its number, or a myth means. */
export function explain(topic: string): string {
  return wrappedText(explanationOf(topic));
}

function explanationOf(topic: string): string {
  const name = topic.trim().toLowerCase();
  const rule = RULES.find(({ id }) => id === name);
  if (rule)
    return `${rule.title} (${rule.id}${rule.causes.length > 0 ? `, cause ${rule.causes.join(', ')}` : ''})\n\n${rule.explanation}\n\n${rule.page}\n`;
  const number = /^#?(\d+)$/.exec(name)?.[1];
  const cause = number ? CAUSES.find((each) => each.number === Number(number)) : undefined;
  if (cause) {
    const rules = RULES.filter(({ causes }) => causes.includes(cause.number)).map(({ id }) => id);
    return `Cause ${cause.number}: ${cause.cause}\n\n${cause.how}\n${rules.length > 0 ? `\nRules: ${rules.join(', ')}\n` : ''}`;
  }
  const myth = MYTHS.find(({ id }) => id === name);
  if (myth) return `Said: ${myth.said}\n\nWhat holds: ${myth.holds}\n\n${myth.page}\n`;
  const lists: Readonly<Record<string, () => string>> = {
    rules: () => wrappedRows(RULES.map(({ id, title }) => [id, title])),
    causes: () => wrappedRows(CAUSES.map((each) => [String(each.number), each.cause])),
    myths: () =>
      `What is often said, and does not hold:\n\n${wrappedRows(MYTHS.map(({ id, said }) => [id, said]))}\n\nslipstream doctor explain ID says what holds.`,
  };
  if (name === '')
    return `${Object.entries(lists)
      .map(([list, print]) => `${list.toUpperCase()}\n${print()}`)
      .join('\n\n')}\n`;
  const list = lists[name];
  if (list) return `${list()}\n`;
  throw new SlipstreamError(
    'NOT_FOUND',
    `There is no rule, cause or myth "${topic}". slipstream doctor explain rules lists the rules, explain causes the causes by number, explain myths the myths.`,
  );
}
