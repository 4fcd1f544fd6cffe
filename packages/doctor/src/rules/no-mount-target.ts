import { PAGES } from './pages.ts';
import { pathRule } from './rule.ts';
import { verifyCommand } from './sentences.ts';

export const noMountTargetRule = pathRule(
  {
    id: 'no-mount-target',
    causes: [32],
    title: "No mount target of the file system is in the function's zone",
    explanation:
      'A function mounts a file system through a mount target in its own zone; its access point has to belong to that file system. Without one the function does not start, or the mount times out.',
    page: PAGES.lambdaFiles,
  },
  ({ first: { facts }, who, functions }, { snapshot }) => ({
    message: `${who} cannot mount ${facts.files}: it has no mount target that is available in ${facts.zone || "the function's VPC"}.`,
    fix: {
      command: `aws efs create-mount-target --file-system-id ${facts.files} --subnet-id ${facts.subnet} --security-groups GROUP_THAT_ADMITS_2049`,
      change: `Add an aws_efs_mount_target of ${facts.files} in ${facts.subnet}, and check that the access point is of this file system.`,
    },
    verify: verifyCommand(snapshot, functions),
  }),
);
