import { readPolicy } from '../../policy/policy-document.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import type { Attempts } from './attempts.ts';
import type { Clients } from './clients.ts';
import { arnsInUse } from './used-names.ts';

/** Buckets that roles or variables name: region, policy, and how long objects live. */
export async function collectBuckets({ s3 }: Clients, attempts: Attempts, snapshot: Snapshot): Promise<void> {
  for (const name of await bucketNames(s3, attempts, snapshot)) {
    const location = await attempts.call(
      's3:GetBucketLocation',
      () => absentAs(null, ['NoSuchBucket'], () => s3.getBucketLocation({ Bucket: name })),
      null,
    );
    if (location === null) continue;
    const policy = await attempts.call(
      's3:GetBucketPolicy',
      () => absentAs('', ['NoSuchBucketPolicy'], async () => (await s3.getBucketPolicy({ Bucket: name })).Policy ?? ''),
      null,
    );
    const rules = await attempts.call(
      's3:GetLifecycleConfiguration',
      () =>
        absentAs(
          [],
          ['NoSuchLifecycleConfiguration'],
          async () => (await s3.getBucketLifecycleConfiguration({ Bucket: name })).Rules ?? [],
        ),
      [],
    );
    snapshot.buckets.push({
      id: `arn:aws:s3:::${name}`,
      name,
      region: location.LocationConstraint || 'us-east-1',
      policy: policy === null ? null : policy === '' ? [] : readPolicy(policy),
      expirations: rules.flatMap(({ Status, Expiration, Filter, Prefix }) =>
        Status === 'Enabled' && Expiration?.Days
          ? [{ prefix: Filter?.Prefix ?? Filter?.And?.Prefix ?? Prefix ?? '', days: Expiration.Days }]
          : [],
      ),
    });
  }
}

/** Named in full by a role, and those of the account that a variable names by their bare name. */
async function bucketNames(s3: Clients['s3'], attempts: Attempts, snapshot: Snapshot): Promise<Set<string>> {
  const named = new Set(
    arnsInUse(snapshot, 's3').flatMap((arn) => /:::([a-z0-9][a-z0-9.-]{2,62})(\/|$)/.exec(arn)?.[1] ?? []),
  );
  const values = new Set(snapshot.functions.flatMap(({ environment }) => Object.values(environment ?? {})));
  const isLikely = [...values].some((value) => value !== null && /^[a-z0-9][a-z0-9.-]{2,62}$/.test(value));
  if (!isLikely) return named;
  const own = await attempts.call(
    's3:ListAllMyBuckets',
    async () => ((await s3.listBuckets({})).Buckets ?? []).flatMap(({ Name }) => Name ?? []),
    [],
  );
  for (const name of own) if (values.has(name)) named.add(name);
  return named;
}

/** The answer, or a value where AWS says by one of these names that there is none. */
async function absentAs<T, U>(value: U, names: readonly string[], work: () => Promise<T>): Promise<T | U> {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof Error && names.includes(thrown.name)) return value;
    throw thrown;
  }
}
