import { PAGES } from './pages.ts';
import { makeFinding, type Rule } from './rule.ts';

export const functionStateRule: Rule = {
  id: 'function-state',
  causes: [26],
  title: 'A function is not Active',
  explanation:
    'A function whose network interface cannot be made stays Pending or Failed (subnet full, interface quota, role without the EC2 rights); one that was not called for weeks is Inactive, and its first call brings the interface back.',
  page: PAGES.lambdaStates,
  check: (examination) =>
    examination.snapshot.functions.flatMap((fn) => {
      const isStateBad = fn.state !== null && fn.state !== 'Active';
      const isUpdateBad = fn.update_status === 'Failed';
      if (!isStateBad && !isUpdateBad) return [];
      const isWaiting = fn.state === 'Pending' || fn.state === 'Inactive';
      return [
        makeFinding(examination, functionStateRule, {
          severity: isWaiting && !isUpdateBad ? 'warning' : 'error',
          certainty: 'measured',
          message: `${fn.name} is ${isStateBad ? fn.state : `Active, but its last update ${fn.update_status}`}${fn.state_reason ? `: ${fn.state_reason}` : '.'}`,
          resources: [fn.id],
          functions: [fn.name],
          evidence: [
            `State ${fn.state}`,
            `LastUpdateStatus ${fn.update_status ?? 'unknown'}`,
            ...(fn.state_reason ? [fn.state_reason] : []),
          ],
          fix: {
            command:
              fn.state === 'Inactive'
                ? `aws lambda invoke --function-name ${fn.name} /dev/stdout`
                : `aws lambda update-function-configuration --function-name ${fn.name} --timeout ${fn.timeout_s ?? 30}`,
            change: 'Deploy the function again once subnet, quota and role are right.',
          },
          verify: `aws lambda get-function-configuration --function-name ${fn.name} --query '[State,StateReason,LastUpdateStatus]'`,
        }),
      ];
    }),
};
