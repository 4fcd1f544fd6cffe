import { PAGES } from './pages.ts';
import { pathRule } from './rule.ts';

export const natGuestRule = pathRule(
  {
    id: 'nat-guest',
    causes: [13],
    title: 'The NAT instance does not forward or masquerade',
    explanation:
      "Routes, groups and the source/destination check can all be right while the instance's own system forwards nothing: it needs net.ipv4.ip_forward = 1 and a masquerade rule, both persistent. No configuration shows it for sure: user data is a hint, the instance itself tells through Systems Manager.",
    page: PAGES.natInstances,
  },
  ({ first: { facts }, who, where }) => ({
    message: `${who} cannot reach ${where}: the NAT ${facts.nat} does not do its work (${facts.what}).`,
    fix: {
      command: `aws ssm send-command --instance-ids ${facts.nat} --document-name AWS-RunShellScript --parameters 'commands=["sysctl -w net.ipv4.ip_forward=1","nft add table ip nat; nft add chain ip nat post { type nat hook postrouting priority 100 \\; }; nft add rule ip nat post masquerade"]'`,
      change: `Let user data of ${facts.nat} set net.ipv4.ip_forward = 1 and add a masquerade rule, both kept over a reboot; set user_data_replace_on_change on an aws_instance.`,
    },
    verify: `aws ssm send-command --instance-ids ${facts.nat} --document-name AWS-RunShellScript --parameters 'commands=["sysctl net.ipv4.ip_forward","nft list ruleset"]'`,
    certainty: 'inferred',
  }),
);
