import { PAGES } from './pages.ts';
import { pathRule } from './rule.ts';
import { verifyFromInside } from './sentences.ts';

export const firewallInPathRule = pathRule(
  {
    id: 'firewall-in-path',
    causes: [43],
    title: 'A firewall or an appliance is in the path',
    explanation:
      'Traffic passes a Network Firewall or appliance endpoint. Its rules, and whether both directions pass the same one, are not in the routes: look at its alert log, and at the route tables with edge associations.',
    page: PAGES.firewall,
  },
  ({ first: { facts }, who, where, functions }) => ({
    message: `${who} reaches ${where} only through ${facts.firewall || 'a firewall'}: its rules decide, and they were not examined.`,
    fix: {
      command: `aws network-firewall describe-logging-configuration --firewall-arn FIREWALL_OF_${facts.firewall}`,
      change: `Let the rules of ${facts.firewall || 'the firewall'} pass TLS to ${where}, and route the answers through the same endpoint.`,
    },
    verify: verifyFromInside(functions),
    certainty: 'inferred',
    severity: 'warning',
  }),
);
