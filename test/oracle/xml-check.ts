/** Whether a text is well-formed XML, as far as files of ours go: elements, attributes, text, entities. */

/** An element's start as found. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** Text directly inside, unescaped. */
  text: string;
}

const NAME = '[A-Za-z_:][\\w:.-]*';
const TAG = new RegExp(`^<(/?)(${NAME})((?:\\s+${NAME}="[^"<]*")*)\\s*(/?)>`);
const ATTRIBUTE = new RegExp(`(${NAME})="([^"<]*)"`, 'g');
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

/** Reads a document; throws at the first thing that is not XML. Returns all elements in order of their starts. */
export function readXml(source: string): XmlElement[] {
  const xml = source.replace(/^<!DOCTYPE html>\n/, '');
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  const bad = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/u.exec(xml);
  if (bad !== null) throw new Error(`character ${bad[0].charCodeAt(0).toString(16)} at ${bad.index}`);
  const elements: XmlElement[] = [];
  const open: XmlElement[] = [];
  let roots = 0;
  let at = 0;
  while (at < xml.length) {
    if (xml[at] !== '<') {
      const end = xml.indexOf('<', at);
      const text = xml.slice(at, end === -1 ? xml.length : end);
      const parent = open.at(-1);
      if (parent !== undefined) parent.text += unescape(text);
      else if (text.trim() !== '') throw new Error(`text outside of the root: ${text.slice(0, 40)}`);
      at += text.length;
      continue;
    }
    const tag = TAG.exec(xml.slice(at, at + 4096));
    if (tag === null) throw new Error(`no tag at ${at}: ${xml.slice(at, at + 60)}`);
    const [whole, closes, name, attributes, empty] = tag;
    at += whole.length;
    if (closes === '/') {
      if (open.pop()?.name !== name) throw new Error(`</${name}> closes something else at ${at}`);
      continue;
    }
    const found = new Map<string, string>();
    for (const [, key, value] of attributes.matchAll(ATTRIBUTE)) {
      if (found.has(key)) throw new Error(`attribute ${key} twice in <${name}>`);
      found.set(key, unescape(value));
    }
    const element: XmlElement = { name, attributes: found, text: '' };
    if (open.length === 0 && ++roots > 1 && name !== 'pre') throw new Error(`a second root <${name}>`);
    elements.push(element);
    if (empty !== '/') open.push(element);
  }
  if (open.length > 0) throw new Error(`<${open.at(-1)?.name}> is never closed`);
  return elements;
}

function unescape(text: string): string {
  if (/&(?!(?:amp|lt|gt|quot);)/.test(text)) throw new Error(`an & that is no entity: ${text.slice(0, 60)}`);
  return text.replace(/&(\w+);/g, (_, name: string) => ENTITIES[name]);
}
