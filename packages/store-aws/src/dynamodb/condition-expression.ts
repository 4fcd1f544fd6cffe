import type { Condition, StateValue } from '@slipstream/shared';
import type { Expression } from './expression.ts';

/** A condition in DynamoDB's words. Like the port's, every one but `ifAbsent` wants the record to be there. */
export function conditionExpression(condition: Condition, expression: Expression): string {
  if ('ifAbsent' in condition) return `attribute_not_exists(${expression.name('pk')})`;
  if ('ifExists' in condition) return `attribute_exists(${expression.name('pk')})`;
  if ('ifRevision' in condition) return `${expression.name('revision')} = ${expression.value(condition.ifRevision)}`;
  const terms = Object.entries(condition.ifState).map(([name, wanted]) =>
    stateTerm(expression, name, isChoice(wanted) ? wanted : [wanted]),
  );
  return [`attribute_exists(${expression.name('pk')})`, ...terms].join(' AND ');
}

/** The attribute equals one of the values; a missing one counts as null. */
function stateTerm(expression: Expression, attribute: string, wanted: readonly StateValue[]): string {
  const name = expression.name(attribute);
  const terms = wanted.flatMap((value) =>
    value === null
      ? [`attribute_not_exists(${name})`, `attribute_type(${name}, ${expression.value('NULL')})`]
      : [`${name} = ${expression.value(value)}`],
  );
  return `(${terms.join(' OR ')})`;
}

function isChoice(value: StateValue | readonly StateValue[]): value is readonly StateValue[] {
  return Array.isArray(value);
}
