import sanitize from 'sanitize-html';
import { type BodyPicture, fileTypeOf, htmlText } from '../../../mail/index.ts';
import { type Changes, type Mark, Marks, noChanges } from './marks.ts';
import { safeStyle } from './style.ts';
import { allowedAttributes, allowedTags, droppedWhole, plainValue } from './tags.ts';
import { escaped, visible } from './text.ts';

/** The HTML of a message as it may be shown, and what was changed. */
export interface SafeHtml {
  /** To stand in a `<body>`: only what {@link allowedTags} names, and ours. */
  readonly html: string;
  readonly changes: Changes;
  /** True where its elements lie too deep in each other: its text alone is shown. */
  readonly isFlat: boolean;
}

/** Elements inside each other that are shown as such; deeper ones lose their tags. */
const DEPTH = 150;

/** Elements inside each other beyond which the text alone is shown: the parser takes time by the square of the depth. */
const DEEPEST = 2000;

/**
 * The HTML that a stranger wrote, made safe by lists of what is allowed: nothing runs, nothing is fetched, nothing can be
 * clicked or sent, nothing lies over anything else. Links become text with the place that they lead to; pictures that are
 * not in the message, forms and their fields become words. It is meant to be shown in a sandbox all the same.
 *
 * Text and attributes are written anew by sanitize-html, so that in its output `<a data-n=…>` and `<img data-n=…>` are
 * ours: a second pass puts the marks in their place.
 *
 * @param picture the picture of a Content-ID, where the message carries it
 * @example safeHtml('<a href="https://a.example/" onclick="x()">b</a>').html // '<span class="mh-link">b</span> …'
 */
export function safeHtml(
  html: string,
  picture: (contentId: string) => BodyPicture | undefined = () => undefined,
): SafeHtml {
  const noted: Mark[] = [];
  const marks = new Marks(picture, (bytes) => fileTypeOf(bytes, ''));
  try {
    return { html: withMarks(cleaned(html, noted), noted, marks), changes: marks.changes, isFlat: false };
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
    const text = escaped(visible(htmlText(html)));
    return { html: `<div class="mh-text">${text}</div>`, changes: noChanges(), isFlat: true };
  }
}

class TooDeep extends Error {}

function cleaned(html: string, noted: Mark[]): string {
  let depth = 0;
  return sanitize(html, {
    allowedTags: [...allowedTags],
    allowedAttributes: Object.fromEntries(Object.entries(allowedAttributes).map(([tag, names]) => [tag, [...names]])),
    allowedSchemes: [],
    nonTextTags: [...droppedWhole],
    nestingLimit: DEPTH,
    parseStyleAttributes: false,
    transformTags: transforms((mark) => String(noted.push(mark) - 1)),
    textFilter: visible,
    onOpenTag: () => {
      if (++depth > DEEPEST) throw new TooDeep();
    },
    onCloseTag: () => {
      depth--;
    },
    // It speaks of options, not of messages.
    logger: { debug() {}, info() {}, warn() {}, error() {} },
  } as sanitize.IOptions);
}

type Note = (mark: Mark) => string;
type Attributes = Readonly<Record<string, string>>;

/** How tags are rewritten; `*` comes after those by name. */
function transforms(note: Note): Record<string, sanitize.Transformer> {
  const container = (mark: Mark): sanitize.Tag => ({ tagName: 'a', attribs: { 'data-n': note(mark) } });
  const single = (mark: Mark): sanitize.Tag => ({ tagName: 'img', attribs: { 'data-n': note(mark) } });
  const field = (tag: string) => (_: string, attributes: Attributes) =>
    single({ kind: 'field', words: wordsOfField(tag, attributes) });
  return {
    a: (_, { href = '' }) => container({ kind: 'link', target: href.trim() }),
    area: (_, { href = '' }) => container({ kind: 'link', target: href.trim() }),
    form: (_, { action = '' }) => container({ kind: 'form', target: action.trim() }),
    img: (_, attributes) => single(imageOf(attributes)),
    image: (_, attributes) => single(imageOf(attributes)),
    input: field('input'),
    select: field('select'),
    textarea: field('textarea'),
    isindex: field('input'),
    '*': (tagName, attributes) => ({ tagName, attribs: plainAttributes(attributes) }),
  };
}

const imageOf = ({ src = '', srcset = '', alt = '', style = '', width = '', height = '' }: Attributes): Mark => {
  const size = [pixels('width', width), pixels('height', height)].filter((one) => one !== '');
  return {
    kind: 'image',
    source: (src || srcset).trim(),
    alt,
    style: [...size, safeStyle(style)].filter(Boolean).join(';'),
  };
};

const pixels = (name: string, value: string): string => (/^\d{1,4}$/.test(value) ? `${name}:${value}px` : '');

const wordsOfField = (tag: string, { type = '', placeholder = '', value = '' }: Attributes): string =>
  `[${[tag === 'input' ? type.slice(0, 20) || 'text' : tag, 'field', (placeholder || value).slice(0, 100)].filter(Boolean).join(' ')}]`;

function plainAttributes(attributes: Attributes): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'style') {
      const style = safeStyle(value);
      if (style !== '') kept.style = style;
    } else if (name === 'title') kept.title = visible(value.slice(0, 300));
    else if (plainValue.test(value)) kept[name] = value;
  }
  return kept;
}

/** What sanitize-html writes for our own marks, and for nothing else: `<` in text and attributes is escaped. */
const MARK = /<a data-n="(\d{1,9})">|<\/a>|<img data-n="(\d{1,9})" \/>/g;

/** Marks inside each other whose text is still looked at; deeper ones have none. */
const NESTED = 8;

function withMarks(clean: string, noted: readonly Mark[], marks: Marks): string {
  const open: { readonly mark: Mark | undefined; readonly from: number }[] = [];
  const out: string[] = [];
  let at = 0;
  const close = (): void => {
    const { mark, from } = open.pop()!;
    const content = out.splice(from).join('');
    const text = open.length < NESTED ? textOf(content) : '';
    out.push(mark === undefined ? content : marks.around(mark, content, text));
  };
  for (const found of clean.matchAll(MARK)) {
    out.push(clean.slice(at, found.index));
    at = found.index + found[0].length;
    const [, container, single] = found;
    if (single !== undefined) out.push(noted[Number(single)] ? marks.single(noted[Number(single)]!) : '');
    else if (container !== undefined) open.push({ mark: noted[Number(container)], from: out.length });
    else if (open.length > 0) close();
  }
  out.push(clean.slice(at));
  while (open.length > 0) close();
  return out.join('');
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

/** The text of safe HTML, as far as a link's name goes. */
const textOf = (html: string): string =>
  html
    .slice(0, 4000)
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(amp|lt|gt|quot);/g, (_, name: string) => entities[name] ?? '')
    .trim();
