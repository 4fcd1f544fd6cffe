/** The pages of docs/ that print commands for people; docs/deploy.md is written by the walk. */
export const GUIDES = [
  'docs/agent-on-a-mac.md',
  'docs/reading-without-a-mac.md',
  'docs/parser.md',
  'docs/merchant-memory.md',
  'docs/aws.md',
  'docs/search-and-sums.md',
  'docs/settings.md',
  'docs/measurements.md',
] as const;
