/** One of the changes that newcomers make, by its first edit: the rest is what the compiler and the tests name. */
export interface Change {
  readonly name: string;
  /** What to copy from. */
  readonly like: string;
  readonly first: { readonly file: string; readonly edit: (text: string) => string };
  /** Tests that are to say what else belongs to it. */
  readonly tests: Readonly<Record<string, readonly string[]>>;
  /** Files at most that have to be touched, the first among them; undefined where there is no bar. */
  readonly files_max?: number;
}

const after = (mark: string, more: string) => (text: string) => text.replace(mark, `${mark}${more}`);
const before = (mark: string, more: string) => (text: string) => text.replace(mark, `${more}${mark}`);

export const CHANGES: readonly Change[] = [
  {
    name: 'a field of receipts',
    like: 'service_charge',
    first: {
      file: 'packages/shared/src/contracts/receipt.ts',
      edit: after('  service_charge: decimalFieldSchema,\n', '  deposit: decimalFieldSchema.optional(),\n'),
    },
    tests: { 'packages/shared': ['tests/receipt-fields.test.ts'] },
    files_max: 3,
  },
  {
    name: 'a queue',
    like: 'validate-queue',
    first: {
      file: 'packages/shared/src/queues/queue-table.ts',
      edit: before(
        "  'compaction-queue': {\n",
        [
          "  'archive-queue': {",
          '    message: validateMessageSchema,',
          "    consumer: 'validate-receipt',",
          "    variable: 'ARCHIVE',",
          '    receives_max: 10,',
          '    oldest_minutes: 30,',
          '    batching: { aws: FEW, embedded: { ...FEW, at_once: 1 } },',
          '  },',
          '',
        ].join('\n'),
      ),
    },
    tests: {
      'packages/shared': ['tests/queues/queue-table.test.ts'],
      'packages/infra-terraform-cdktf': ['tests/data.test.ts', 'tests/alarms.test.ts'],
    },
    files_max: 3,
  },
  {
    name: 'a language',
    like: 'packages/receipt-parser/src/languages/et.ts',
    first: {
      file: 'packages/receipt-parser/src/languages/is.ts',
      edit: () =>
        [
          "import type { Language } from './language.ts';",
          "import { terms } from './terms.ts';",
          '',
          "export const is: Language = { code: 'is', labels: { total: terms`SAMTALS`, tax: terms`VSK` } };",
          '',
        ].join('\n'),
    },
    tests: { 'packages/receipt-parser': ['tests/languages.test.ts'] },
    files_max: 2,
  },
  {
    name: 'a country',
    like: 'another row of it',
    first: {
      file: 'packages/receipt-parser/src/country/countries.ts',
      edit: after(
        'export const COUNTRIES: readonly Country[] = [\n',
        "  { code: 'IS', currency: 'ISK', date_order: 'dmy', calling_code: '354', words: 'REYKJAVIK KENNITALA' },\n",
      ),
    },
    tests: { 'packages/receipt-parser': ['tests/country.test.ts'] },
    files_max: 1,
  },
  {
    name: 'an OCR engine',
    like: 'packages/ocr/src/engines/null-engine.ts, and the folder of another engine',
    first: {
      file: 'packages/ocr/src/engines/engine-options.ts',
      edit: (text) => text.replace("'tesseract', 'null'", "'tesseract', 'quill', 'null'"),
    },
    tests: { 'packages/ocr': ['tests/engines/select-engine.test.ts'] },
  },
  {
    name: 'a verb',
    like: 'apps/cli/src/verbs/queues.ts',
    first: {
      file: 'apps/cli/src/program.ts',
      edit: (text) =>
        text
          .replace(
            "import { queuesVerb } from './verbs/queues.ts';\n",
            "import { queuesVerb } from './verbs/queues.ts';\nimport { quotaVerb } from './verbs/quota.ts';\n",
          )
          .replace(
            'program.addCommand(verbCommand(queuesVerb));\n',
            'program.addCommand(verbCommand(queuesVerb));\nprogram.addCommand(verbCommand(quotaVerb));\n',
          ),
    },
    tests: {},
  },
  {
    name: 'an alarm',
    like: 'packages/infra-terraform-cdktf/src/watching/api-alarm.ts',
    first: {
      file: 'packages/infra-terraform-cdktf/src/watching/watching.ts',
      edit: after(
        '      apiErrors(apiId, apiUrl),\n',
        "      { ...apiErrors(apiId, apiUrl), id: 'api-slow', heading: 'The API is slow' },\n",
      ),
    },
    tests: { 'packages/infra-terraform-cdktf': ['tests/alarms.test.ts'] },
  },
  {
    name: 'a storage mode of the index',
    like: 'efs',
    first: {
      file: 'packages/runtime/src/configuration/settings.ts',
      edit: (text) => text.replace("['s3', 'efs', 'auto']", "['s3', 'efs', 'disk', 'auto']"),
    },
    tests: {},
  },
  {
    name: 'a route of the API',
    like: 'getReceipt, in the same file',
    first: {
      file: 'packages/api-contract/src/routes.ts',
      edit: (text) =>
        `${text}
export const getQuota = createRoute({
  operationId: 'quota',
  tags: ['operations'],
  method: 'get',
  path: '/quota',
  summary: 'How much may still be submitted today',
  responses: { 200: json(z.object({ left: z.int() }), 'What is left') },
});
`,
    },
    tests: { 'packages/api-contract': ['tests/client.test.ts'], 'packages/api': ['tests/openapi.test.ts'] },
  },
];
