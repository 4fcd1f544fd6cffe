import { homedir } from 'node:os';
import { join } from 'node:path';
import { queueVariables, REVIEW_BELOW } from '@slipstream/shared';
import { settingKinds } from './setting.ts';

/** Every setting of every program. docs/settings.md is made of this. Keys are those of the config file. */
export const SETTINGS = {
  data: settingKinds.text(
    {
      flag: '--data <dir>',
      variable: 'SLIPSTREAM_DATA',
      about: 'Folder of the embedded home: records, queues, objects',
      example: '~/receipts',
    },
    join(homedir(), '.slipstream'),
  ),
  port: settingKinds.integer(
    {
      flag: '--port <number>',
      variable: 'SLIPSTREAM_PORT',
      about: 'Port of the local API; 0 takes a free one',
      example: '3737',
    },
    { min: 0, max: 65_535 },
    3737,
  ),
  no_token: settingKinds.toggle({
    flag: '--no-token',
    variable: 'SLIPSTREAM_NO_TOKEN',
    about: 'The local API asks for no token: every user of this machine may read and submit receipts',
    example: 'true',
  }),
  watch: settingKinds.text(
    {
      flag: '--watch <folder>',
      variable: 'SLIPSTREAM_WATCH',
      about: 'Folder whose new photographs are submitted',
      example: '~/Pictures/receipts',
    },
    null,
  ),
  watch_stable_s: settingKinds.integer(
    {
      flag: '--watch-stable <seconds>',
      variable: 'SLIPSTREAM_WATCH_STABLE',
      about: 'How long a file in a watched folder has to stay as it is before it is submitted',
      example: '10',
    },
    { min: 0, max: 3_600 },
    1,
  ),
  engine: settingKinds.choice(
    { flag: '--engine <name>', variable: 'SLIPSTREAM_ENGINE', about: 'OCR engine', example: 'tesseract' },
    ['auto', 'apple-vision', 'ppocr', 'tesseract', 'null'],
    'auto',
  ),
  languages: settingKinds.list(
    {
      flag: '--languages <codes>',
      variable: 'SLIPSTREAM_LANGUAGES',
      about: "Languages to read, by the engine's own codes; none given: the engine's default",
      example: 'eng,deu',
    },
    [],
  ),
  concurrency: settingKinds.integer(
    {
      flag: '--concurrency <n>',
      variable: 'SLIPSTREAM_CONCURRENCY',
      about: 'Images read at once; 0 leaves it to the engine',
      example: '2',
    },
    { min: 0, max: 64 },
    0,
  ),
  continuous: settingKinds.toggle({
    flag: '--continuous',
    variable: 'SLIPSTREAM_CONTINUOUS',
    about: 'The agent stays and polls; without it, it drains the queue once and ends',
    example: 'true',
  }),
  awake: settingKinds.toggle({
    flag: '--awake',
    variable: 'SLIPSTREAM_AWAKE',
    about: 'Keeps the Mac from idle sleep while there is work',
    example: 'true',
  }),
  visibility_timeout_s: settingKinds.integer(
    {
      flag: '--visibility-timeout <seconds>',
      variable: 'SLIPSTREAM_VISIBILITY_TIMEOUT',
      about: "How long a job is the agent's before it has to be extended",
      example: '60',
    },
    { min: 5, max: 43_200 },
    60,
  ),
  ocr_timeout_s: settingKinds.integer(
    {
      flag: '--ocr-timeout <seconds>',
      variable: 'SLIPSTREAM_OCR_TIMEOUT',
      about: 'Longest time that one image may take to read',
      example: '120',
    },
    { min: 1, max: 3_600 },
    120,
  ),
  image_bytes_max: settingKinds.integer(
    {
      flag: '--image-bytes-max <bytes>',
      variable: 'SLIPSTREAM_IMAGE_BYTES_MAX',
      about: 'Largest file that is read',
      example: '26214400',
    },
    { min: 1, max: 1_073_741_824 },
    26_214_400,
  ),
  image_pixels_max: settingKinds.integer(
    {
      flag: '--image-pixels-max <pixels>',
      variable: 'SLIPSTREAM_IMAGE_PIXELS_MAX',
      about: 'Most pixels of an image that is read',
      example: '60000000',
    },
    { min: 1, max: 1_000_000_000 },
    60_000_000,
  ),
  review_below: settingKinds.fraction(
    {
      flag: '--review-below <probability>',
      variable: 'SLIPSTREAM_REVIEW_BELOW',
      about:
        'A receipt whose merchant, date or total is less sure than this is put up for review although its sums hold',
      example: '0.5',
    },
    REVIEW_BELOW,
  ),
  openai_model: settingKinds.text(
    {
      flag: '--openai-model <name>',
      variable: 'OPENAI_MODEL',
      about: 'Language model that looks again at doubtful receipts, where OPENAI_API_KEY holds a key',
      example: 'gpt-4.1-mini',
    },
    'gpt-4.1-mini',
  ),
  openai_base_url: settingKinds.text(
    {
      flag: '--openai-base-url <url>',
      variable: 'OPENAI_BASE_URL',
      about: "A server that speaks OpenAI's protocol",
      example: 'http://127.0.0.1:11434/v1',
    },
    'https://api.openai.com/v1',
  ),
  model_calls_per_day: settingKinds.integer(
    {
      flag: '--model-calls-per-day <n>',
      variable: 'SLIPSTREAM_MODEL_CALLS_PER_DAY',
      about: 'Receipts a day (UTC) that the language model may look at',
      example: '500',
    },
    { min: 0, max: 1_000_000 },
    500,
  ),
  model_tokens_per_day: settingKinds.integer(
    {
      flag: '--model-tokens-per-day <n>',
      variable: 'SLIPSTREAM_MODEL_TOKENS_PER_DAY',
      about: 'Tokens a day (UTC) that it may cost',
      example: '2000000',
    },
    { min: 0, max: 10_000_000_000 },
    2_000_000,
  ),
  vector_store: settingKinds.choice(
    {
      flag: '--vector-store <name>',
      variable: 'VECTOR_STORE',
      about: 'Where the merchant index is kept; without one only exact keys tell merchants',
      example: 'none',
    },
    ['lancedb', 'chroma', 'none'],
    'lancedb',
  ),
  vector_storage_mode: settingKinds.choice(
    {
      flag: '--vector-storage-mode <mode>',
      variable: 'VECTOR_STORAGE_MODE',
      about:
        "The merchant index's home on AWS, chosen when it is made (auto: S3, with copies on the mount for readers)",
      example: 's3',
    },
    ['s3', 'efs', 'auto'],
    's3',
  ),
  index_mount_path: settingKinds.text(
    {
      flag: '--index-mount-path <dir>',
      variable: 'INDEX_MOUNT_PATH',
      about: 'Where EFS is mounted, for the storage modes efs and auto',
      example: '/mnt/chroma',
    },
    null,
  ),
  chroma_url: settingKinds.text(
    {
      flag: '--chroma-url <url>',
      variable: 'CHROMA_URL',
      about: 'A Chroma server, for VECTOR_STORE=chroma',
      example: 'http://127.0.0.1:8000',
    },
    'http://127.0.0.1:8000',
  ),
  chroma_tenant: settingKinds.text(
    {
      flag: '--chroma-tenant <name>',
      variable: 'CHROMA_TENANT',
      about: "Chroma's tenant; Chroma Cloud names one",
      example: 'default_tenant',
    },
    null,
  ),
  chroma_database: settingKinds.text(
    {
      flag: '--chroma-database <name>',
      variable: 'CHROMA_DATABASE',
      about: "Chroma's database",
      example: 'slipstream',
    },
    null,
  ),
  index_collections: settingKinds.list(
    {
      flag: '--index-collections <names>',
      variable: 'INDEX_COLLECTIONS',
      about: 'What the merchant index holds of receipts: lines, words',
      example: 'lines,words',
    },
    ['lines'],
  ),
  embedding_provider: settingKinds.choice(
    {
      flag: '--embedding-provider <name>',
      variable: 'EMBEDDING_PROVIDER',
      about: 'What makes vectors of rows: local needs no network, openai a key; an index is made for one of them',
      example: 'openai',
    },
    ['local', 'openai'],
    'local',
  ),
  embedding_model: settingKinds.text(
    {
      flag: '--embedding-model <name>',
      variable: 'EMBEDDING_MODEL',
      about: 'The model of the openai provider, on the server of OPENAI_BASE_URL',
      example: 'text-embedding-3-small',
    },
    'text-embedding-3-small',
  ),
  embedding_dimensions: settingKinds.integer(
    {
      flag: '--embedding-dimensions <n>',
      variable: 'EMBEDDING_DIMENSIONS',
      about: "Dimensions of the openai provider's vectors",
      example: '512',
    },
    { min: 8, max: 3_072 },
    512,
  ),
  embedding_tokens_per_day: settingKinds.integer(
    {
      flag: '--embedding-tokens-per-day <n>',
      variable: 'SLIPSTREAM_EMBEDDING_TOKENS_PER_DAY',
      about: 'Tokens a day (UTC) that embeddings may cost; past it receipts are kept without rows in the index',
      example: '5000000',
    },
    { min: 0, max: 10_000_000_000 },
    5_000_000,
  ),
  places_base_url: settingKinds.text(
    {
      flag: '--places-base-url <url>',
      variable: 'GOOGLE_PLACES_BASE_URL',
      about: 'The Places API, asked about unknown merchants where GOOGLE_PLACES_API_KEY holds a key',
      example: 'https://places.googleapis.com',
    },
    'https://places.googleapis.com',
  ),
  places_calls_per_day: settingKinds.integer(
    {
      flag: '--places-calls-per-day <n>',
      variable: 'SLIPSTREAM_PLACES_CALLS_PER_DAY',
      about: 'Requests a day (UTC) to the Places API; answers are kept for 30 days',
      example: '200',
    },
    { min: 0, max: 1_000_000 },
    200,
  ),
  sweep_interval_s: settingKinds.integer(
    {
      flag: '--sweep-interval <seconds>',
      variable: 'SLIPSTREAM_SWEEP_INTERVAL',
      about: 'How often the sweeper looks for what stands still',
      example: '300',
    },
    { min: 1, max: 86_400 },
    300,
  ),
  ocr_job_queue_url: settingKinds.text(
    {
      flag: '--ocr-job-queue-url <url>',
      variable: queueVariables('ocr-queue').url,
      about: 'The ocr-queue on AWS',
      example: 'https://sqs.us-east-1.amazonaws.com/123456789012/ocr-queue',
    },
    null,
  ),
  ocr_results_queue_url: settingKinds.text(
    {
      flag: '--ocr-results-queue-url <url>',
      variable: queueVariables('ocr-results-queue').url,
      about: 'The ocr-results-queue on AWS',
      example: 'https://sqs.us-east-1.amazonaws.com/123456789012/ocr-results-queue',
    },
    null,
  ),
  dynamo_table_name: settingKinds.text(
    {
      flag: '--dynamo-table-name <name>',
      variable: 'DYNAMO_TABLE_NAME',
      about: 'The table on AWS',
      example: 'ReceiptsTable',
    },
    null,
  ),
  region: settingKinds.text(
    { flag: '--region <region>', variable: 'AWS_REGION', about: 'AWS region', example: 'us-east-1' },
    null,
  ),
  profile: settingKinds.text(
    {
      flag: '--profile <name>',
      variable: 'AWS_PROFILE',
      about: 'AWS profile of the shared configuration',
      example: 'slipstream',
    },
    null,
  ),
  raw_bucket: settingKinds.text(
    {
      flag: '--raw-bucket <name>',
      variable: 'RAW_BUCKET',
      about: 'Bucket of the images',
      example: 'slipstream-dev-raw',
    },
    null,
  ),
  artifacts_bucket: settingKinds.text(
    {
      flag: '--artifacts-bucket <name>',
      variable: 'ARTIFACTS_BUCKET',
      about: 'Bucket of everything made of them',
      example: 'slipstream-dev-artifacts',
    },
    null,
  ),
  outputs: settingKinds.text(
    {
      flag: '--outputs <file>',
      variable: 'SLIPSTREAM_OUTPUTS',
      about: "The deploy's outputs, instead of URLs and names",
      example: 'outputs.json',
    },
    null,
  ),
  stack: settingKinds.text(
    {
      flag: '--stack <name>',
      variable: 'SLIPSTREAM_STACK',
      about: 'A deployed stack to work on, instead of this machine',
      example: 'dev',
    },
    null,
  ),
  log_level: settingKinds.choice(
    {
      flag: '--log-level <level>',
      variable: 'LOG_LEVEL',
      about: 'Least severe log line that is written',
      example: 'debug',
    },
    ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
    'info',
  ),
  log_format: settingKinds.choice(
    {
      flag: '--log-format <format>',
      variable: 'LOG_FORMAT',
      about: 'How the log reads: auto is text on a terminal and JSON elsewhere',
      example: 'json',
    },
    ['auto', 'text', 'json'],
    'auto',
  ),
} as const;

export type SettingKey = keyof typeof SETTINGS;
