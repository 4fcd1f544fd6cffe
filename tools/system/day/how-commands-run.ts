/** Where a documented command is run: by the day's walk, by a step of CI, by the walk through a deploy; or not at all. */
export type Run =
  | { readonly kind: 'day' }
  /** A name in words: the command that CI has to hold. */
  | { readonly kind: 'ci'; readonly step: string }
  | { readonly kind: 'npm-script' }
  | { readonly kind: 'usage' }
  | { readonly kind: 'cannot'; readonly reason: string };

const cannot = (reason: string): Run => ({ kind: 'cannot', reason });

/** The first that fits counts. */
const RULES: readonly (readonly [RegExp, Run])[] = [
  [/^git clone/, cannot('names a repository that only its reader knows')],
  [/^xcode-select/, cannot('macOS only')],
  [/^journalctl/, cannot("on a stack's own NAT instance")],
  [/^aws /, cannot('on an account with a deployed stack: npm run test:walk runs it')],
  [/^(cd packages\/infra\S+ && )?terraform /, cannot('on the state of a deployed stack: npm run test:walk runs it')],
  [/^sudo \.\/receipt-ocr/, cannot('writes a service of the machine itself')],
  [/^sudo npm run test:nat/, { kind: 'ci', step: 'npm run test:nat' }],
  [/^npm ci && npm run demo$/, { kind: 'ci', step: 'npm run demo' }],
  [/^npm ci && npm test$/, { kind: 'ci', step: 'npm test' }],
  [/^bash \.ci\/run$/, cannot('is CI itself')],
  [
    /^npm (ci|test|run (build|lint|typecheck|demo|test:nat|eval:cases|eval:wild|eval:damage|eval:layouts))$/,
    { kind: 'ci', step: '$&' },
  ],
  [/^npx knip --fix/, cannot('changes the sources; the lint runs knip')],
  [/^npm run build:native/, cannot('compiles the addon against Apple Vision, on a Mac; check:mac does it in CI')],
  [
    /^(npx turbo build|npx cdktf|npx vitest|cd packages\/\S+ && npx vitest|npm test -w)/,
    cannot('what npm test and npm run build run in CI, for one package'),
  ],
  [/^npm install @tesseract/, cannot('asks the npm registry for the data of another language')],
  [/^npm run /, { kind: 'npm-script' }],
  [/^(export PATH|source <)/, { kind: 'day' }],
  [/^curl /, { kind: 'day' }],
  [
    /(--stack|--outputs|--profile|ocr-job-queue-url|users |secrets |login|logout|restore-records|index move)/,
    { kind: 'usage' },
  ],
  [
    /receipt-ocr (install|upgrade|uninstall|start|stop|restart|logs)/,
    cannot("changes this machine's services; apps/ocr-agent/tests/service runs them on stand-ins"),
  ],
  [
    /^slipstream (install|uninstall)/,
    cannot("changes this machine's services; apps/cli/tests/install.test.ts runs them on stand-ins"),
  ],
  [/^(\.\/)?(slipstream|receipt-ocr) ?/, { kind: 'day' }],
];

/** null: the table has no row for it, and a test fails. */
export function runOf(command: string): Run | null {
  for (const [pattern, run] of RULES) {
    const fits = pattern.exec(command);
    if (fits) return run.kind === 'ci' ? { kind: 'ci', step: run.step.replace('$&', command) } : run;
  }
  return null;
}
