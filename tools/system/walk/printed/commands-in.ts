/** A command as a document prints it. */
export interface Printed {
  readonly command: string;
  /** The document and its heading. */
  readonly where: string;
}

const PROGRAMS =
  /^(sudo |[A-Z_]+=\S+ )*(aws|npx|npm|(\.\/)?slipstream|(\.\/)?receipt-ocr|terraform|curl|journalctl|git|export|source|xcode-select) ./;

/** Every command of a Markdown text: lines of its shell blocks, and inline code that begins with a program. */
export function commandsIn(markdown: string, document: string): Printed[] {
  const found: Printed[] = [];
  let heading = '';
  let fence: string | null = null;
  let continued = '';
  for (const line of paragraphs(markdown)) {
    const mark = /^\s*```(\w*)/.exec(line);
    if (mark) {
      fence = fence === null ? (mark[1] ?? '') : null;
      continue;
    }
    const where = heading === '' ? document : `${document}, "${heading}"`;
    if (fence === null) {
      heading = /^#+ (.+)$/.exec(line)?.[1] ?? heading;
      // In a table's cell a bar is written \|.
      for (const [, code = ''] of line.matchAll(/`([^`]+)`/g)) {
        const command = code.replaceAll('\\|', '|').trim();
        if (PROGRAMS.test(command)) found.push({ command, where });
      }
    } else if (/^(sh|bash|console)$/.test(fence)) {
      const text = `${continued}${line.trim()}`;
      continued = text.endsWith('\\') ? `${text.slice(0, -1).trim()} ` : '';
      if (continued !== '') continue;
      // What a console shows beside commands begins otherwise.
      if (fence === 'console' && !text.startsWith('$ ')) continue;
      const command = text
        .replace(/^\$ /, '')
        .replace(/\s+#.*$/, '')
        .trim();
      if (command !== '' && !command.startsWith('#')) found.push({ command, where });
    }
  }
  return found;
}

/** Lines, but inline code that goes over a line's end stays whole. */
function paragraphs(markdown: string): string[] {
  const joined: string[] = [];
  let open = '';
  for (const line of markdown.split('\n')) {
    const text = open === '' ? line : `${open} ${line.trim()}`;
    const isOpen = !/^\s*```/.test(text) && (text.match(/`/g)?.length ?? 0) % 2 === 1;
    open = isOpen && line !== '' ? text : '';
    if (open === '') joined.push(text);
  }
  return joined;
}
