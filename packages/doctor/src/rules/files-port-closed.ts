import { PAGES } from './pages.ts';
import { pathRule } from './rule.ts';
import { verifyCommand } from './sentences.ts';

export const filesPortClosedRule = pathRule(
  {
    id: 'files-port-closed',
    causes: [32],
    title: 'NFS does not pass between the function and the file system',
    explanation:
      "Mounting needs TCP 2049: the function's group has to let it out, the mount target's group has to admit it.",
    page: PAGES.files,
  },
  ({ first: { facts }, who, functions }, { snapshot }) => ({
    message: `${who} cannot mount its file system: the group ${facts.group} ${facts.side === 'ingress' ? `admits no TCP 2049 to ${facts.towards}` : 'lets out no TCP 2049'}.`,
    fix: {
      command:
        facts.side === 'ingress'
          ? `aws ec2 authorize-security-group-ingress --group-id ${facts.group} --protocol tcp --port 2049 --source-group ${facts.source}`
          : `aws ec2 authorize-security-group-egress --group-id ${facts.group} --ip-permissions 'IpProtocol=tcp,FromPort=2049,ToPort=2049,IpRanges=[{CidrIp=0.0.0.0/0}]'`,
      change: `Add an ${facts.side} rule to ${facts.group}: TCP 2049 ${facts.side === 'ingress' ? `from ${facts.source}` : `to ${facts.towards}`}.`,
    },
    verify: verifyCommand(snapshot, functions),
  }),
);
