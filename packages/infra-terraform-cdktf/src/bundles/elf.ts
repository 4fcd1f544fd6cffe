/** What of an ELF file decides whether a Lambda environment can load it. */
export interface ElfFacts {
  readonly machine: 'aarch64' | 'x86_64' | `other (${number})`;
  /** Highest version of glibc's symbols that it needs, such as 2.17; null when it needs none. */
  readonly glibc: string | null;
}

const MACHINES: Readonly<Record<number, ElfFacts['machine']>> = { 183: 'aarch64', 62: 'x86_64' };
/** Section that lists needed symbol versions. Linux Standard Base, "Symbol versioning". */
const SHT_GNU_VERNEED = 0x6ffffffe;

/** Reads a 64-bit little-endian ELF file; throws on anything else. */
export function readElf(file: Buffer): ElfFacts {
  if (file.readUInt32BE(0) !== 0x7f454c46) throw new Error('This is no ELF file.');
  if (file[4] !== 2 || file[5] !== 1) throw new Error('This ELF file is not 64-bit little-endian.');
  const machine = file.readUInt16LE(18);
  const versions = sections(file)
    .filter((section) => section.type === SHT_GNU_VERNEED)
    .flatMap((section) => neededVersions(file, section))
    .flatMap((name) => (name.startsWith('GLIBC_') ? [name.slice('GLIBC_'.length)] : []));
  return {
    machine: MACHINES[machine] ?? `other (${machine})`,
    glibc: versions.toSorted(compareVersions).at(-1) ?? null,
  };
}

/** Negative when `a` is older than `b`. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number));
  for (let index = 0; index < 3; index += 1) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

interface Section {
  readonly type: number;
  readonly offset: number;
  readonly entries: number;
  /** Where the names lie. */
  readonly strings: number;
}

function sections(file: Buffer): Section[] {
  const table = Number(file.readBigUInt64LE(40));
  const size = file.readUInt16LE(58);
  const count = file.readUInt16LE(60);
  const at = (index: number) => table + index * size;
  return Array.from({ length: count }, (_, index) => ({
    type: file.readUInt32LE(at(index) + 4),
    offset: Number(file.readBigUInt64LE(at(index) + 24)),
    entries: file.readUInt32LE(at(index) + 44),
    strings: Number(file.readBigUInt64LE(at(file.readUInt32LE(at(index) + 40)) + 24)),
  }));
}

/** Each needed library (Verneed, linked by vn_next) has its versions (Vernaux, linked by vna_next). */
function neededVersions(file: Buffer, section: Section): string[] {
  const names: string[] = [];
  let library = section.offset;
  for (let index = 0; index < section.entries; index += 1) {
    let version = library + file.readUInt32LE(library + 8);
    for (let each = 0; each < file.readUInt16LE(library + 2); each += 1) {
      const name = section.strings + file.readUInt32LE(version + 8);
      names.push(file.toString('latin1', name, file.indexOf(0, name)));
      version += file.readUInt32LE(version + 12);
    }
    library += file.readUInt32LE(library + 12);
  }
  return names;
}
