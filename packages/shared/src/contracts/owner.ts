import * as z from 'zod';

/**
 * Everything belongs to an owner: on one machine there is one, on AWS it is whoever called. What one owner corrects or
 * deletes never touches another's, also where both sent the same bytes.
 */
export const DEFAULT_OWNER = 'default';

/** As it stands in keys; a subject of an identity provider has at most 255 characters (OpenID Connect Core, 2). */
export const ownerIdSchema = z.string().min(1).max(300);

/** Of a stored record; one that was written before there were owners belongs to the default one. */
export const storedOwnerSchema = ownerIdSchema.default(DEFAULT_OWNER);

/** The caller of the local API and of the verbs on one machine. */
export const LOCAL_CALLER = 'local';

const RESERVED: readonly string[] = [DEFAULT_OWNER, LOCAL_CALLER];
const ESCAPE = 'subject:';

/**
 * A subject of an identity provider as a caller, and as the owner of what it sends: itself, unless that would be a name
 * of ours. No two subjects are one owner, and none is the default owner or the caller on one machine.
 */
export function ownerOfSubject(subject: string): string {
  return RESERVED.includes(subject) || subject.startsWith(ESCAPE) ? `${ESCAPE}${subject}` : subject;
}

/**
 * Whom a caller's images belong to: on one machine the default owner, else the caller. A caller named as the default
 * owner is of a release before callers were told apart from it.
 */
export function ownerOfCaller(caller: string): string {
  if (caller === LOCAL_CALLER) return DEFAULT_OWNER;
  return caller === DEFAULT_OWNER ? ownerOfSubject(caller) : caller;
}

/** Name of the object metadata that says whose an original is, so that records can be made again from objects. */
const OWNER_METADATA = 'owner';

/** Metadata are printable ASCII (Amazon S3 User Guide, Working with object metadata). None: the default owner's. */
export function ownerMetadata(ownerId: string): { readonly metadata?: Readonly<Record<string, string>> } {
  return ownerId === DEFAULT_OWNER ? {} : { metadata: { [OWNER_METADATA]: encodeURIComponent(ownerId) } };
}

/** null where the object does not say so. */
export function ownerOfMetadata(metadata: Readonly<Record<string, string>> = {}): string | null {
  const stored = metadata[OWNER_METADATA];
  if (stored === undefined) return null;
  try {
    return ownerIdSchema.safeParse(decodeURIComponent(stored)).data ?? null;
  } catch {
    return null; // not ours
  }
}
