/** What runs a printed command. */
export type RunBy =
  /** The walk, as printed, on the deployed stack. */
  | {
      readonly by: 'walk';
      /** Exit codes that are right; 0 where nothing is said. */
      readonly codes?: readonly number[];
      readonly prints?: RegExp;
      /** What is typed when the command asks. */
      readonly answers?: string;
      /** It stays until it is stopped, and has begun when it printed this. */
      readonly stays?: RegExp;
      /** It is run again, as its own message says, for a minute at most, while it prints this. */
      readonly busy?: RegExp;
    }
  /** A step of .ci/run: the command, or its short form. */
  | { readonly by: 'ci'; readonly step: string }
  | { readonly by: 'nobody'; readonly why: string };

export interface Rule {
  readonly command: RegExp;
  readonly run: RunBy;
}

const walk = (command: RegExp, more: Omit<Extract<RunBy, { by: 'walk' }>, 'by'> = {}): Rule => ({
  command,
  run: { by: 'walk', ...more },
});
const ci = (command: RegExp, step: string): Rule => ({ command, run: { by: 'ci', step } });
const nobody = (command: RegExp, why: string): Rule => ({ command, run: { by: 'nobody', why } });

const MEASUREMENT = 'a measurement of minutes; its figures stand beside it';
const A_MAC = 'needs a Mac, or a service manager of the person’s own (TESTING-ON-A-MAC.md)';

/** The first that matches decides. A command without a rule is a failure, and so is a rule without a command. */
export const RULES: readonly Rule[] = [
  nobody(/^aws ssm start-session/, 'a terminal on an instance, which the emulator does not start'),
  nobody(/^aws ec2 get-console-output/, 'the emulator starts no instance: there is no console'),
  nobody(/^aws autoscaling start-instance-refresh/, 'the emulator has no instance refresh'),
  nobody(/^aws dynamodb export-table-to-point-in-time/, 'the emulator needs a library for it that is not installed'),
  nobody(/^journalctl -u/, 'runs on the NAT instance; npm run test:nat reads what the units print'),
  nobody(/^aws sso login/, 'opens AWS’s own sign-in in a browser'),
  nobody(/^(sudo )?\.\/receipt-ocr (install|logs|stop|start)\b/, A_MAC),
  nobody(/^xcode-select|^npm run build:native/, A_MAC),
  nobody(
    /^\.\/receipt-ocr ~\/Desktop|^\.\/receipt-ocr --outputs outputs\.json|--dynamo-table-name ReceiptsTable/,
    A_MAC,
  ),
  nobody(/^git clone/, 'the checkout that this is run from'),
  nobody(/^npm install @tesseract/, 'asks the npm registry for another language’s data'),
  nobody(/^source <\(/, 'needs a zsh; the same text for bash is loaded in apps/cli/tests'),
  nobody(/^slipstream (dev|recover|watch|show|doctor)$|^npm run (verify|deploy|diff)$/, 'a name in a sentence'),

  nobody(/^npm run destroy -- --env \w+ --delete-data|--remove$|^aws kms cancel-key-deletion/, 'the walk’s last steps'),
  walk(/^\.\/slipstream doctor (--|logs|paths|explain)/, { codes: [0, 1] }),
  // It has one home on the emulator.
  walk(/^slipstream index move/, { codes: [1], prints: /The index lives at s3:.* already/ }),
  walk(/^\.\/receipt-ocr --continuous/, { stays: /agent started/ }),
  walk(/^slipstream watch .*--stack/, { stays: /are sent to/ }),
  walk(/^slipstream logout/),
  walk(/^cd packages\/infra-terraform-cdktf\/cdktf\.out.* && terraform plan/),
  walk(/^terraform force-unlock/, { answers: 'yes\n', prints: /successfully unlocked/ }),
  walk(/^npm run destroy -- --env \w+$/, { codes: [1], prints: /To lose it: --delete-data/ }),
  walk(/^npm run (bootstrap|synth|preflight|diff|deploy|release|verify|cost|destroy|state:move|nat:image)\b/),
  walk(/^npm run (--silent )?(cost:tags|deployer-policy)\b/),
  walk(/^npx cdktf /),
  walk(/^aws |^terraform /),
  walk(/^\.\/receipt-ocr status$/, { codes: [0, 1] }),
  // A compaction that runs at this moment holds the writer's lease.
  walk(/^(\.\/)?slipstream index rebuild .*--stack /, { busy: /try again\. \(STORE_BUSY\)/ }),
  walk(/^(\.\/)?slipstream .*--stack /),

  ci(/^npm ci$|^npm ci && npm (run demo|run build|test)$/, 'demo'),
  ci(/^npm run build( -w \S+)?$|^npx turbo build$/, 'build'),
  ci(/^npm run (eval:(wild|cases|damage|layouts))/, 'eval-'),
  ci(/^npm run soak/, 'soak'),
  ci(/^npm run (check:mac|test:fake|test:sanitizers|test:faults)$/, 'mac-vision-'),
  ci(/^(sudo )?npm run test:nat$/, 'nat-lab'),
  ci(/^npm run test:aws/, 'test-aws'),
  ci(/^npm run test:walk/, 'test-walk'),
  ci(/^npm run test:plan/, 'test-plan'),
  ci(/^npm test -w|^npx vitest run tests\/apple-vision$|^npm run docs:settings$/, 'test'),
  nobody(
    /^npm run (bench|simulate|kill-test|hostile|fuzz|train:ranker|calibrate|eval\b|eval:|test:chroma|test:checkov)/,
    MEASUREMENT,
  ),
  nobody(/^(KILL_IMAGES|MALLOC_ARENA_MAX)=/, MEASUREMENT),

  ci(/^npm run demo -- /, 'demo'),
  nobody(
    /^(export PATH|curl |slipstream( |$)|(\.\/)?receipt-ocr )/,
    'needs no stack: tools/system/day says what runs it',
  ),
];

export function ruleOf(command: string): Rule | null {
  return RULES.find((rule) => rule.command.test(command)) ?? null;
}
