import { hostOf } from './host-in-text.ts';

/** A stack trace, read from its bottom: what was raised, what it means, and where one's own code stood. */
export interface Trace {
  readonly exception: string;
  readonly message: string;
  readonly meaning: string;
  /** First frame of one's own code, nearest to the exception; null: none. */
  readonly frame: string | null;
  readonly host: string | null;
}

const MEANINGS: readonly (readonly [RegExp, string])[] = [
  [
    /ConnectTimeout|connect ETIMEDOUT|ConnectTimeoutException|HttpConnectTimeout/i,
    'no connection came about: a route, group or ACL drops packets',
  ],
  [
    /ReadTimeout|SocketTimeout|Read timed out|ESOCKETTIMEDOUT|RequestTimeout/i,
    'the connection stood and no answer came: the other side is slow, or its answer is dropped',
  ],
  [/ECONNREFUSED|Connection refused|ConnectException/i, 'the way is open, and nothing listens there'],
  [
    /ECONNRESET|Connection reset|ConnectionClosed|BrokenPipe/i,
    'the connection was cut: after about 350 s of idleness a NAT gateway does that',
  ],
  [
    /EAI_AGAIN|ENOTFOUND|NameResolution|UnknownHost|gaierror/i,
    'the name was not resolved: DNS of the VPC, or too many lookups',
  ],
  [
    /AccessDenied|PermissionError|UnauthorizedOperation|Forbidden|not authorized/i,
    'it was refused: role, resource policy or endpoint policy',
  ],
  [/Throttl|TooManyRequests|Rate exceeded/i, 'it was throttled'],
  [/OutOfMemory|heap out of memory|MemoryError/i, 'memory ran out'],
  [
    /KeyError|TypeError|ReferenceError|NullPointer|AttributeError|ValueError|ValidationError/i,
    'an error of the code or its configuration, not of the network',
  ],
  [/Timeout/i, 'a time-out ended it'],
];

export function readTrace(text: string): Trace | null {
  const unfolded = text.replaceAll('\r', '\n').replaceAll('\u00a0', ' ');
  return python(unfolded) ?? node(unfolded) ?? java(unfolded);
}

function python(text: string): Trace | null {
  const at = text.indexOf('Traceback (most recent call last)');
  const frames = /^\s*File "([^"]+)", line (\d+), in (\S+)/gm;
  if (at === -1 || at > 400) return null;
  const body = text.slice(at);
  const head = text.slice(0, at).match(/\[ERROR\] ([\w.]+): ?([^\n]*)/);
  const raised = [
    ...body.matchAll(
      /^([A-Za-z_][\w.]*(?:Error|Exception|Timeout|Exit|Interrupt|Warning|Fault))(?:: ([^\n]*(?:\n"[^\n]*)?))?$/gm,
    ),
  ][0];
  const exception = raised?.[1] ?? head?.[1];
  if (!exception) return null;
  const end = raised?.index ?? body.length;
  const all = [...body.slice(0, end).matchAll(frames)].map(([, file = '', line, name]) => ({
    file,
    text: `${file}:${line} in ${name}`,
  }));
  const own = all.findLast(
    ({ file }) =>
      !/site-packages|\/var\/runtime|\/opt\/python|\/usr\/lib|python3\.\d+\/|botocore|boto3|urllib3/.test(file),
  );
  return made(exception, raised?.[2] ?? head?.[2] ?? '', own?.text ?? null, body.slice(0, end + 600));
}

function node(text: string): Trace | null {
  const raised = /(?:^|[\s"])((?:[A-Z]\w*)?(?:Error|Exception|Timeout\w*))(?: \[[\w.]+\])?: ([^\n]{0,400})/.exec(
    text.slice(0, 2_000),
  );
  const frames = [
    ...text.slice(0, 6_000).matchAll(/^\s+at (?:(.+?) \()?((?:file:\/\/)?\/[^\s()]+|node:[^\s()]+):(\d+):\d+\)?/gm),
  ];
  if (!raised?.[1] || frames.length === 0) return null;
  const own = frames
    .map(([, name = '(anonymous)', file = '', line]) => ({
      file,
      text: `${file.replace('file://', '')}:${line} in ${name}`,
    }))
    .find(({ file }) => !/node_modules|^node:|\/var\/runtime/.test(file));
  return made(raised[1], raised[2] ?? '', own?.text ?? null, text.slice(0, 1_000));
}

function java(text: string): Trace | null {
  const raised = /((?:[a-z][\w]*\.)+[A-Z]\w*(?:Exception|Error))(?:: ([^\n]*))?\n\s+at /.exec(text.slice(0, 4_000));
  if (!raised?.[1]) return null;
  // The innermost cause is the one that happened.
  const cause = [...text.matchAll(/Caused by: ((?:[a-z]\w*\.)+[A-Z]\w*)(?:: ([^\n]*))?/g)].at(-1);
  const frames = [...text.matchAll(/^\s+at ([\w.$]+)\(([^)]*)\)/gm)].map(([, name = '', place = '']) => ({
    name,
    text: `${name}(${place})`,
  }));
  const own = frames.find(
    ({ name }) => !/^(java|javax|jdk|sun|com\.amazonaws|software\.amazon|io\.netty|org\.apache)\./.test(name),
  );
  return made(cause?.[1] ?? raised[1], cause?.[2] ?? raised[2] ?? '', own?.text ?? null, text.slice(0, 2_000));
}

function made(exception: string, message: string, frame: string | null, around: string): Trace {
  const meaning = MEANINGS.find(([pattern]) => pattern.test(`${exception} ${message}`))?.[1] ?? 'see the exception';
  return { exception, message: message.trim().slice(0, 300), meaning, frame, host: hostOf(`${message} ${around}`) };
}
