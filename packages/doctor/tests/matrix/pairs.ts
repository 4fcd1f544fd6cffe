import type { Fault } from './fault.ts';

/** The second fault takes away what the first one broke: nothing of it is left to be found. */
export function excludesOther(one: Fault, other: Fault): boolean {
  const takesNatAway = (fault: Fault) =>
    [1, 2, 10, 43].includes(fault.cause ?? 0) || /gateway stands in a private/.test(fault.name);
  const isBehindNat = (fault: Fault) => [1, 2, 10, 11, 12, 13, 14, 33, 36, 37, 43].includes(fault.cause ?? 0);
  const leavesVpc = (fault: Fault) => fault.cause === 9;
  const noNames = (fault: Fault) => fault.cause === 38;
  const isEndpoint = (fault: Fault) => [4, 6, 19, 20, 40, 22].includes(fault.cause ?? 0);
  const pairs: readonly (readonly [(fault: Fault) => boolean, (fault: Fault) => boolean])[] = [
    [takesNatAway, isBehindNat],
    [leavesVpc, () => true],
    // Where no name resolves, no packet is sent that anything could drop.
    [noNames, (fault) => fault.cause !== null && ![5, 7, 26, 27, 30, 32, 41, 44, 9].includes(fault.cause)],
    [(fault) => [4, 19].includes(fault.cause ?? 0), isEndpoint],
    [(fault) => [3].includes(fault.cause ?? 0), (fault) => [3, 34, 35].includes(fault.cause ?? 0)],
    [(fault) => fault.cause === 41, (fault) => fault.cause === 41],
    [(fault) => [17, 18].includes(fault.cause ?? 0), (fault) => [17, 18].includes(fault.cause ?? 0)],
    [(fault) => fault.cause === 21, (fault) => fault.cause === 21],
    [(fault) => fault.cause === 29, (fault) => [4, 19, 23, 24].includes(fault.cause ?? 0)],
    [(fault) => /cache's group/.test(fault.name), (fault) => fault.cause === 44],
    [(fault) => /group is open to the world/.test(fault.name), (fault) => fault.cause === 20],
    [(fault) => fault.rule === 'visibility-too-short', (fault) => fault.cause === 7],
    [(fault) => fault.rule === 'files-short-limit', (fault) => fault.cause === 32],
    [(fault) => fault.rule === 'gateway-endpoint-saves', (fault) => [3, 34, 35, 38].includes(fault.cause ?? 0)],
    [
      (fault) => fault.rule === 'one-zone' || fault.rule === 'detach-function',
      (fault) => isEndpoint(fault) || [2, 9, 36].includes(fault.cause ?? 0),
    ],
    [(fault) => /transit gateway/.test(fault.name), isBehindNat],
    [(fault) => fault.cause === 38, (fault) => fault.cause === 38],
    [(fault) => fault.cause === 2, (fault) => [26, 40, 3, 36].includes(fault.cause ?? 0)],
  ];
  return pairs.some(([a, b]) => (a(one) && b(other)) || (a(other) && b(one)));
}
