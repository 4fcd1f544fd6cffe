/**
 * Stands in for the native addon, in the real child process, as Vision behaves on the macOS that the file `macos` in
 * STAND_IN_FOLDER names. One line says at which level it was read.
 *
 *   15    both levels read
 *   26.4  accurate fails always, fast reads
 *   27.0  the first accurate call takes long; in every other process it fails, and so does each later one of that process
 *   none  both levels fail
 */
const { appendFileSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const folder = process.env.STAND_IN_FOLDER;
const compileMs = Number(process.env.STAND_IN_COMPILE_MS ?? 0);
const macos = () => readFileSync(join(folder, 'macos'), 'utf8');
let isCompiled = false;
let isPoisoned = false;
let startsBefore = 0;

function failure(message) {
  return Object.assign(new Error(message), { kind: 'vision', domain: 'com.apple.Vision', nativeCode: 9 });
}

/** When this process first reads, how many did before it. */
function countStart() {
  appendFileSync(join(folder, 'starts'), 'x');
  startsBefore = readFileSync(join(folder, 'starts'), 'utf8').length - 1;
}

function fails(fast) {
  switch (macos()) {
    case '26.4':
      return !fast;
    case '27.0':
      if (!fast && !isCompiled) isPoisoned = startsBefore % 2 === 0;
      return !fast && isPoisoned;
    case 'none':
      return true;
    default:
      return false;
  }
}

/** As native/addon/marshal.h lays a line out: confidence, quad, counts; Vision's origin is the bottom left. */
function recognition(text) {
  const quad = [0.1, 0.9, 0.9, 0.9, 0.9, 0.8, 0.1, 0.8];
  const numbers = Float64Array.from([1, ...quad, 1, 0, 0, text.length, ...quad]);
  return { storedWidth: 400, storedHeight: 500, orientation: 1, revision: 3, texts: [text], numbers };
}

module.exports = {
  start(_bytes, { fast }, done) {
    if (!fast && !isCompiled && !isPoisoned) countStart();
    const waitMs = fast || isCompiled || isPoisoned ? 0 : compileMs;
    setTimeout(() => {
      if (fails(fast)) return done(failure(`the ${fast ? 'fast' : 'accurate'} recogniser is broken`));
      if (!fast) isCompiled = true;
      done(null, recognition(fast ? 'read-fast' : 'read-accurate'));
    }, waitMs);
    return () => {};
  },
  supportedLanguages(_fast, done) {
    done(null, ['en-US']);
  },
  describe: () => ({ systemVersion: '0.0', revision: 3 }),
};
