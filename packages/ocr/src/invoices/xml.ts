/** An XML element without its namespace's prefix. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Its own text, without that of its children. */
  readonly text: string;
}

interface OpenElement extends XmlElement {
  readonly children: XmlElement[];
  text: string;
}

/** An invoice is some ten deep and has some thousand elements. */
const DEPTH_MAX = 64;
const ELEMENTS_MAX = 200_000;
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const TOKEN =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<!|<\/([^\s>]+)\s*>|<([^\s/>!?]+)((?:"[^"]*"|'[^']*'|[^>"'])*?)(\/?)>|([^<]+)/gy;
const ATTRIBUTE = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** The XML is not well-formed, or uses what no e-invoice needs. */
export class XmlError extends Error {}

/**
 * Reads the elements of a document. There are no entities beyond the five of XML and no document type: what expands
 * without bound cannot be declared. Throws XmlError.
 */
export function readXml(text: string): XmlElement {
  const root: OpenElement = { name: '', attributes: new Map(), children: [], text: '' };
  const open: OpenElement[] = [root];
  let elements = 0;
  let end = 0;
  for (const match of text.replace(/^\uFEFF/, '').matchAll(TOKEN)) {
    const [token, cdata, closes, opens, attributes = '', isEmpty, characters] = match;
    end = match.index + token.length;
    const current = open.at(-1) ?? root;
    if (token === '<!') throw new XmlError('a document type is not read');
    if (cdata !== undefined) current.text += cdata;
    else if (characters !== undefined) current.text += decoded(characters);
    else if (closes !== undefined) {
      if (open.length === 1 || current.name !== localName(closes)) throw new XmlError(`</${closes}> closes nothing`);
      open.pop();
    } else if (opens !== undefined) {
      elements += 1;
      if (elements > ELEMENTS_MAX) throw new XmlError(`more than ${ELEMENTS_MAX} elements`);
      if (open.length > DEPTH_MAX) throw new XmlError(`elements more than ${DEPTH_MAX} deep`);
      const element = { name: localName(opens), attributes: attributesOf(attributes), children: [], text: '' };
      current.children.push(element);
      if (isEmpty === '') open.push(element);
    }
  }
  if (end < text.replace(/^\uFEFF/, '').length || open.length !== 1) throw new XmlError('it is cut off');
  const [only] = root.children;
  if (only === undefined || root.children.length !== 1) throw new XmlError('it has no single root');
  return only;
}

/** The first element at a path of names, below one. */
export function at(element: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined {
  return path.reduce<XmlElement | undefined>(
    (found, name) => found?.children.find((child) => child.name === name),
    element,
  );
}

export function allAt(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}

/** Trimmed; null where the element is missing or empty. */
export function textAt(element: XmlElement | undefined, ...path: readonly string[]): string | null {
  const text = at(element, ...path)
    ?.text.replace(/\s+/g, ' ')
    .trim();
  return text === undefined || text === '' ? null : text;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function attributesOf(text: string): ReadonlyMap<string, string> {
  return new Map(
    [...text.matchAll(ATTRIBUTE)].map(([, name = '', double, single]) => [
      localName(name),
      decoded(double ?? single ?? ''),
    ]),
  );
}

function decoded(text: string): string {
  return text.replace(/&(#x?[0-9a-f]{1,6}|\w{1,8});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name] ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
