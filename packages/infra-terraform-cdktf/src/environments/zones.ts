const DIRECTIONS: Readonly<Record<string, string>> = {
  north: 'n',
  south: 's',
  east: 'e',
  west: 'w',
  central: 'c',
  northeast: 'ne',
  northwest: 'nw',
  southeast: 'se',
  southwest: 'sw',
};

/** How the ids of a region's zones begin: us-east-1 has use1-az1, ap-southeast-2 apse2-az1 (RAM user guide, "AZ IDs"). */
export function zonePrefix(region: string): string {
  return region
    .split('-')
    .map((part, index) => (index === 0 ? part : (DIRECTIONS[part] ?? (/^\d+$/.test(part) ? part : part[0]))))
    .join('');
}
