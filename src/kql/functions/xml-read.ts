import type { Dynamic } from '../../values/index.ts';

/** An element being read: its attributes, then its children in the order of their first one. */
interface Element {
  readonly name: string;
  readonly members: Map<string, Dynamic[]>;
}

/** Elements deeper than this are no document of anybody's, and a dynamic does not nest deeper. */
export const MAX_XML_DEPTH = 250;

/** Thrown where a document is well-formed as far as it was read, but nested too deeply. */
export class DeepXml extends Error {}

const NAME = '[\\p{L}_:][\\p{L}\\p{N}\\p{M}_:.\\-\u00b7]*';
const BLANK = '[ \\t\\r\\n]';
/** The pieces of a document: text; a comment; an instruction; a CDATA section; a document type; a tag. */
const PIECE = new RegExp(
  `([^<]+)|<!--(?:(?!--)[^])*-->|<\\?${NAME}(?=${BLANK}|\\?>)(?:(?!\\?>)[^])*\\?>|<!\\[CDATA\\[(?:(?!\\]\\]>)[^])*\\]\\]>` +
    `|<(!DOCTYPE)${BLANK}[^<>[\\]]*>|</(${NAME})${BLANK}*>` +
    `|<(${NAME})((?:${BLANK}+${NAME}${BLANK}*=${BLANK}*(?:"[^"<]*"|'[^'<]*'))*)${BLANK}*(/?)>`,
  'uy',
);
const ATTRIBUTE = new RegExp(`(${NAME})${BLANK}*=${BLANK}*(?:"([^"]*)"|'([^']*)')`, 'gu');

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', apos: "'", quot: '"' };
const notXml = new Error('not XML');

/** The text with its references put in; only the five names that every document knows, and numbers, are known. */
const resolved = (text: string): string =>
  text.replace(/&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|apos|quot));|&/g, (_, hex, decimal, name) => {
    if (name !== undefined) return named[name]!;
    if (hex === undefined && decimal === undefined) throw notXml;
    const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    if (point === 0 || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) throw notXml;
    return String.fromCodePoint(point);
  });

function put(element: Element, name: string, value: Dynamic): void {
  const known = element.members.get(name);
  if (known === undefined) element.members.set(name, [value]);
  else known.push(value);
}

function opened(name: string, attributes: string): Element {
  const element: Element = { name, members: new Map() };
  for (const [, key, double, single] of attributes.matchAll(ATTRIBUTE)) {
    if (element.members.has(`@${key}`)) throw notXml;
    put(element, `@${key}`, resolved(double ?? single ?? ''));
  }
  return element;
}

/** An element as JSON: null where it is empty, its text where it is text only, else a bag; what repeats is an array. */
function jsonOf({ members }: Element): Dynamic {
  if (members.size === 0) return null;
  const [text] = members.get('#text') ?? [];
  if (members.size === 1 && text !== undefined && members.get('#text')?.length === 1) return text;
  return new Map([...members].map(([name, all]) => [name, all.length === 1 ? (all[0] as Dynamic) : all]));
}

/**
 * An XML document as a bag of its root, or undefined where it is not well-formed. Comments, instructions, CDATA and a
 * document type without declarations are skipped; entities are not declared, so not expanded.
 *
 * @example readXml('<e name="v">t</e>') // Map { 'e' => Map { '@name' => 'v', '#text' => 't' } }
 */
export function readXml(text: string): Map<string, Dynamic> | undefined {
  try {
    return documentOf(text);
  } catch (error) {
    if (error === notXml) return undefined;
    throw error;
  }
}

function documentOf(text: string): Map<string, Dynamic> {
  const document: Element = { name: '', members: new Map() };
  const open = [document];
  PIECE.lastIndex = 0;
  for (let at = text.startsWith('\ufeff') ? 1 : 0; at < text.length; at = PIECE.lastIndex) {
    PIECE.lastIndex = at;
    const piece = PIECE.exec(text);
    if (piece === null) throw notXml;
    takePiece(open, piece);
  }
  if (open.length !== 1 || document.members.size !== 1) throw notXml;
  return new Map([...document.members].map(([name, [value = null]]) => [name, value]));
}

function takePiece(
  open: Element[],
  [, content, doctype, closing, name, attributes = '', empty]: RegExpExecArray,
): void {
  const element = open.at(-1)!;
  const isOutside = open.length === 1;
  if (content !== undefined) takeText(element, resolved(content).trim(), isOutside);
  else if (doctype !== undefined && (!isOutside || element.members.size > 0)) throw notXml;
  else if (closing !== undefined) close(open, closing);
  else if (name !== undefined) {
    if (isOutside && element.members.size > 0) throw notXml;
    if (open.length > MAX_XML_DEPTH) throw new DeepXml();
    open.push(opened(name, attributes));
    if (empty === '/') close(open, name);
  }
}

function takeText(element: Element, text: string, isOutside: boolean): void {
  if (text === '') return;
  if (isOutside) throw notXml;
  put(element, '#text', text);
}

function close(open: Element[], name: string): void {
  const element = open.pop()!;
  const parent = open.at(-1);
  if (parent === undefined || element.name !== name) throw notXml;
  put(parent, name, jsonOf(element));
}
