import { functionOf } from '../snapshot/lookups.ts';
import { PAGES } from './pages.ts';
import { makeFinding, type Rule } from './rule.ts';

export const mappingOffRule: Rule = {
  id: 'mapping-off',
  causes: [],
  title: 'A mapping is disabled, or its function throttled to nothing',
  explanation:
    'A disabled event source mapping polls nothing, and reserved concurrency 0 lets the function run never: messages wait and nothing fails. Limit concurrency with the mapping’s MaximumConcurrency; reserved concurrency alone makes SQS count receives that were throttled.',
  page: PAGES.lambdaMappings,
  check: (examination) => {
    const { snapshot } = examination;
    const disabled = snapshot.mappings.flatMap((mapping) => {
      const isOff = mapping.enabled === false || /^Disabl/.test(mapping.state ?? '');
      if (!isOff) return [];
      const fn = functionOf(snapshot, mapping.function_id);
      return [
        makeFinding(examination, mappingOffRule, {
          severity: 'error',
          message: `The mapping from ${mapping.source ?? 'its source'} to ${fn?.name ?? 'a function'} is disabled: messages wait and nothing fails.`,
          resources: [mapping.id],
          functions: fn ? [fn.name] : [],
          evidence: [`enabled ${mapping.enabled}`, `state ${mapping.state ?? 'unknown'}`],
          fix: {
            command: `aws lambda update-event-source-mapping --uuid ${mapping.id} --enabled`,
            change: `Set enabled = true on ${mapping.id}.`,
          },
          verify: `aws lambda get-event-source-mapping --uuid ${mapping.id} --query State`,
        }),
      ];
    });
    const throttled = snapshot.functions.flatMap((fn) => {
      if (fn.reserved_concurrency !== 0) return [];
      return [
        makeFinding(examination, mappingOffRule, {
          severity: 'error',
          message: `${fn.name} is throttled to nothing: its reserved concurrency is 0.`,
          resources: [fn.id],
          functions: [fn.name],
          evidence: ['reserved concurrency 0'],
          fix: {
            command: `aws lambda delete-function-concurrency --function-name ${fn.name}`,
            change: `Take reserved_concurrent_executions = 0 off ${fn.id}.`,
          },
          verify: `aws lambda get-function-concurrency --function-name ${fn.name}`,
        }),
      ];
    });
    return [...disabled, ...throttled];
  },
};
