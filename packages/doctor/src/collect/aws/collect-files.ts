import { readPolicy } from '../../policy/policy-document.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import type { Attempts } from './attempts.ts';
import type { Clients } from './clients.ts';
import { allPages } from './pages.ts';

/** File systems that functions mount: access points, mount targets, policies. */
export async function collectFiles({ efs }: Clients, attempts: Attempts, snapshot: Snapshot): Promise<void> {
  const points = new Set(
    snapshot.functions.flatMap(({ mounts }) => mounts.flatMap(({ access_point_id }) => access_point_id ?? [])),
  );
  for (const arn of points) {
    const found = await attempts.call(
      'elasticfilesystem:DescribeAccessPoints',
      async () => (await efs.describeAccessPoints({ AccessPointId: arn.split('/').at(-1) })).AccessPoints ?? [],
      [],
    );
    const system = found[0]?.FileSystemId ?? null;
    snapshot.access_points.push({ id: arn, file_system_id: system });
    if (system === null || snapshot.file_systems.some(({ id }) => id === system)) continue;
    const policy = await attempts.call(
      'elasticfilesystem:DescribeFileSystemPolicy',
      async () => {
        try {
          return readPolicy((await efs.describeFileSystemPolicy({ FileSystemId: system })).Policy ?? '');
        } catch (thrown) {
          if (thrown instanceof Error && thrown.name === 'PolicyNotFound') return [];
          throw thrown;
        }
      },
      null,
    );
    snapshot.file_systems.push({ id: system, policy });
    await collectTargets(efs, attempts, system, snapshot);
  }
}

async function collectTargets(
  efs: Clients['efs'],
  attempts: Attempts,
  system: string,
  snapshot: Snapshot,
): Promise<void> {
  const targets = await attempts.call(
    'elasticfilesystem:DescribeMountTargets',
    () =>
      allPages(async (Marker) => {
        const page = await efs.describeMountTargets({ FileSystemId: system, ...(Marker ? { Marker } : {}) });
        return { items: page.MountTargets, next: page.NextMarker };
      }),
    null,
  );
  if (targets === null) {
    // Not permitted is not the same as none.
    snapshot.file_systems = snapshot.file_systems.filter(({ id }) => id !== system);
    return;
  }
  for (const target of targets) {
    const groups = await attempts.call(
      'elasticfilesystem:DescribeMountTargetSecurityGroups',
      async () =>
        (await efs.describeMountTargetSecurityGroups({ MountTargetId: target.MountTargetId })).SecurityGroups ?? [],
      null,
    );
    snapshot.mount_targets.push({
      id: target.MountTargetId ?? '',
      file_system_id: system,
      subnet_id: target.SubnetId ?? null,
      group_ids: groups,
      state: target.LifeCycleState ?? 'available',
    });
  }
}
