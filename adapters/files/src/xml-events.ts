/**
 * A small forward reader of XML, for the parts of a workbook.
 *
 * It knows tags, texts, CDATA, comments and the five named entities. A DOCTYPE, with which XML can name files and
 * grow without bound, ends the reading. Prefixes of names are dropped: `x:row` is `row`.
 */

export type XmlHandler = {
  readonly open: (name: string, attributes: string) => void;
  readonly close: (name: string) => void;
  readonly text: (text: string) => void;
};

/** Why an XML text is not read, as the end of a sentence about its file. */
export class XmlRefusal extends Error {}

const TAG_LIMIT = 65_536;
const TEXT_LIMIT = 1_048_576;

/** Feeds the events of an XML text to a handler. `stopped` is asked between chunks. */
export async function readXml(
  chunks: AsyncIterable<Uint8Array>,
  handler: XmlHandler,
  stopped: () => boolean = () => false,
): Promise<void> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  try {
    for await (const chunk of chunks) {
      rest = consumed(rest + decoder.decode(chunk, { stream: true }), handler);
      if (stopped()) return;
    }
    rest += decoder.decode();
  } catch (error) {
    if (error instanceof TypeError) throw new XmlRefusal('is not UTF-8 inside');
    throw error;
  }
  if (rest.includes('<')) throw new XmlRefusal('breaks off inside');
}

/** Handles what is complete and returns the rest. */
function consumed(text: string, handler: XmlHandler): string {
  let at = 0;
  for (;;) {
    const open = text.indexOf('<', at);
    if (open < 0) return keptText(text, at);
    if (open > at) handler.text(decoded(text.slice(at, open)));
    if (text.startsWith('<!', open) || text.startsWith('<?', open)) {
      const end = markupEnd(text, open, handler);
      if (end < 0) return text.slice(open);
      at = end;
      continue;
    }
    const close = text.indexOf('>', open);
    if (close < 0) {
      if (text.length - open > TAG_LIMIT) throw new XmlRefusal('has an endless tag');
      return text.slice(open);
    }
    emitTag(text.slice(open + 1, close), handler);
    at = close + 1;
  }
}

function keptText(text: string, at: number): string {
  if (text.length - at > TEXT_LIMIT) throw new XmlRefusal('has a text of more than a million characters');
  return at === 0 ? text : text.slice(at);
}

/** End of a comment, CDATA or processing instruction that starts at `open`; -1 while it is not all there. */
function markupEnd(text: string, open: number, handler: XmlHandler): number {
  const rest = text.length - open;
  if (rest < 9) return -1;
  if (text.startsWith('<?', open)) return endOf(text, open, '?>');
  if (text.startsWith('<!--', open)) return endOf(text, open, '-->');
  if (text.startsWith('<![CDATA[', open)) {
    const end = endOf(text, open, ']]>');
    if (end > 0) handler.text(text.slice(open + 9, end - 3));
    return end;
  }
  throw new XmlRefusal('declares a document type, which is not read');
}

function endOf(text: string, open: number, mark: string): number {
  const end = text.indexOf(mark, open);
  if (end < 0 && text.length - open > TEXT_LIMIT) throw new XmlRefusal('has an endless comment');
  return end < 0 ? -1 : end + mark.length;
}

function emitTag(tag: string, handler: XmlHandler): void {
  if (tag.startsWith('/')) {
    handler.close(localName(tag.slice(1).trimEnd()));
    return;
  }
  const empty = tag.endsWith('/');
  const body = empty ? tag.slice(0, -1) : tag;
  const space = body.search(/\s/);
  const name = localName(space < 0 ? body : body.slice(0, space));
  handler.open(name, space < 0 ? '' : body.slice(space));
  if (empty) handler.close(name);
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

/** The value of an attribute in the raw attributes of a tag. */
export function attributeOf(attributes: string, name: string): string | undefined {
  let at = attributes.indexOf(`${name}="`);
  // `r="` must not be found inside `spr="`.
  while (at > 0 && !/\s/.test(attributes[at - 1])) at = attributes.indexOf(`${name}="`, at + 1);
  if (at >= 0) {
    const start = at + name.length + 2;
    const end = attributes.indexOf('"', start);
    return end < 0 ? undefined : decoded(attributes.slice(start, end));
  }
  const single = new RegExp(`\\s${name}\\s*=\\s*(?:'([^']*)'|"([^"]*)")`).exec(attributes);
  return single === null ? undefined : decoded(single[1] ?? single[2] ?? '');
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function decoded(text: string): string {
  if (!text.includes('&')) return text;
  return text.replaceAll(/&(#x[0-9a-fA-F]{1,6}|#\d{1,7}|[a-zA-Z]{1,8});/g, (whole, name: string) => {
    if (!name.startsWith('#')) {
      const sign = ENTITIES[name];
      if (sign === undefined) throw new XmlRefusal(`uses the unknown entity ${whole}`);
      return sign;
    }
    const code = name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    if (code > 0x10ffff) throw new XmlRefusal('has a character that does not exist');
    return String.fromCodePoint(code);
  });
}
