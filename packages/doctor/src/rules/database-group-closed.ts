import { PAGES } from './pages.ts';
import { pathRule } from './rule.ts';
import { verifyCommand } from './sentences.ts';

export const databaseGroupClosedRule = pathRule(
  {
    id: 'database-group-closed',
    causes: [5],
    title: "A database's or cache's security group does not admit the function",
    explanation:
      "The group of the database has to admit its port from the function's group. Packets that no ingress rule admits are dropped, which looks like a database that hangs.",
    page: PAGES.databases,
  },
  ({ first: { facts }, who, where, functions }, { snapshot }) => ({
    message: `${who} cannot connect to ${where}: the group ${facts.group} of ${facts.database} admits no TCP ${facts.port} from ${facts.source}.`,
    fix: {
      command: `aws ec2 authorize-security-group-ingress --group-id ${facts.group} --protocol tcp --port ${facts.port} --source-group ${facts.source}`,
      change: `Add an ingress rule to ${facts.group}: TCP ${facts.port} from ${facts.source}.`,
    },
    verify: verifyCommand(snapshot, functions),
  }),
);
