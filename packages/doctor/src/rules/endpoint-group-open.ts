import { groupPassage } from '../reach/group-passage.ts';
import { PAGES } from './pages.ts';
import { makeFinding, nameSome, type Rule } from './rule.ts';
import { verifyCommand } from './sentences.ts';

export const endpointGroupOpenRule: Rule = {
  id: 'endpoint-group-open',
  causes: [],
  title: "An endpoint's security group is open to the world",
  explanation:
    "An interface endpoint's addresses are private, so 0.0.0.0/0 admits whatever can route to the VPC: peers, VPNs, other tenants. The functions' group is all that it has to admit.",
  page: PAGES.endpointPolicies,
  check: (examination) => {
    const { snapshot, index } = examination;
    const open = new Map<string, string[]>();
    for (const endpoint of snapshot.endpoints) {
      if (endpoint.type !== 'Interface') continue;
      for (const id of endpoint.group_ids ?? [])
        if (
          groupPassage(
            [index.groups.get(id) ?? null],
            'ingress',
            443,
            { cidrs: ['0.0.0.0/0'], group_ids: null, prefix_list: null },
            snapshot.prefix_lists,
          ) === 'yes'
        )
          open.set(id, [...(open.get(id) ?? []), endpoint.id]);
    }
    return [...open].map(([group, endpoints]) =>
      makeFinding(examination, endpointGroupOpenRule, {
        severity: 'warning',
        message: `${group} of ${nameSome(endpoints)} admits 0.0.0.0/0 on 443.`,
        resources: [group, ...endpoints],
        evidence: [`ingress of ${group}: TCP 443 from 0.0.0.0/0`],
        fix: {
          command: `aws ec2 revoke-security-group-ingress --group-id ${group} --protocol tcp --port 443 --cidr 0.0.0.0/0`,
          change: `Let ${group} admit 443 from the functions' group only.`,
        },
        verify: verifyCommand(snapshot),
      }),
    );
  },
};
