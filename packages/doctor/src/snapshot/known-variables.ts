import type { LambdaFunction } from './snapshot.ts';

/**
 * Whether all of a function's variables are known. A plan of HCL keeps, as soon as one is not, only what they refer to:
 * those entries are named by the reference (`aws_sqs_queue.mails.url`).
 */
export function knowsVariables({ environment }: Pick<LambdaFunction, 'environment'>): boolean {
  return environment !== null && !Object.keys(environment).some((name) => name.includes('.'));
}
