/**
 * What a signature covers, computed in the simplest way that RFC 6376 and RFC 8617 allow and with nothing of src/: whole
 * messages as strings, no limits, no cache. Text is latin1: a character a byte.
 *
 * One thing is not of the RFCs: a bare line feed ends a line here as it does in src/ (see `bodyHash`).
 */

interface Field {
  readonly name: string;
  readonly raw: string;
  readonly value: string;
}

/** A message as its signers saw it. */
export interface Split {
  readonly fields: readonly Field[];
  readonly body: string;
}

export function split(message: string): Split {
  // A line end stands before the message, so that a message that begins with an empty line has no header.
  const end = /\n\r?\n/.exec(`\n${message}`);
  const header = end === null ? message : message.slice(0, end.index);
  const body = end === null ? '' : message.slice(end.index + end[0].length - 1);
  const lines = header
    .split('\n')
    .map((line, at, all) => (at < all.length - 1 || end !== null ? line.replace(/\r$/, '') : line));
  const raws: string[] = [];
  for (const line of lines) {
    if (/^[ \t]/.test(line) && raws.length > 0) raws[raws.length - 1] += `\r\n${line}`;
    else raws.push(line);
  }
  return { fields: raws.flatMap(fieldOf), body };
}

function fieldOf(raw: string): readonly Field[] {
  const [, name] = /^([!-9;-~]+)[ \t\v\f\r\n]*:/.exec(raw) ?? [];
  return name === undefined ? [] : [{ name: name.toLowerCase(), raw, value: raw.slice(raw.indexOf(':') + 1) }];
}

/** The tags of a signature; of one that is there twice, the last, which does not matter: such a signature is none. */
const tagsOf = ({ value }: Field): ReadonlyMap<string, string> =>
  new Map(
    value.split(';').map((tag) => {
      const [name = '', ...rest] = tag.split('=');
      return [name.trim(), rest.join('=').replace(/[ \t\r\n]/g, '')] as const;
    }),
  );

function withoutSignature(field: Field): Field {
  const value = field.value.replace(/((?:^|;)[ \t\r\n]*b[ \t\r\n]*=)[^;]*/, '$1');
  return { ...field, raw: field.raw.slice(0, field.raw.indexOf(':') + 1) + value, value };
}

function canonical({ name, raw, value }: Field, mode: string): string {
  if (mode === 'simple') return raw;
  const text = value.replace(/\r\n/g, '').replace(/[ \t]+/g, ' ');
  return `${name}:${text.replace(/^ | $/g, '')}`;
}

function canonicalBody(body: string, mode: string): string {
  const lines = body.split(/\r?\n/);
  const even = mode === 'simple' ? lines : lines.map((line) => line.replace(/[ \t]+/g, ' ').replace(/ $/, ''));
  while (even.length > 0 && even.at(-1) === '') even.pop();
  if (even.length === 0) return mode === 'simple' ? '\r\n' : '';
  return `${even.join('\r\n')}\r\n`;
}

/** The fields that an `h=` names, from the bottom up (RFC 6376 section 5.4.2). */
function selected(fields: readonly Field[], names: readonly string[], own: Field): readonly Field[] {
  const left = fields.filter((field) => field !== own);
  return names.flatMap((name) => {
    const at = left.findLastIndex((field) => field.name === name);
    return at < 0 ? [] : left.splice(at, 1);
  });
}

function contentOf({ fields, body }: Split, signature: Field): string {
  const tags = tagsOf(signature);
  const [header = 'simple', bodyMode = 'simple'] = (tags.get('c') ?? 'simple').toLowerCase().split('/');
  const names = (tags.get('h') ?? '').toLowerCase().split(':');
  const length = tags.has('l') ? Number(tags.get('l')) : undefined;
  const texts = selected(fields, names, signature).map((field) => canonical(field, header));
  return [
    ...texts,
    canonical(withoutSignature(signature), header),
    '',
    canonicalBody(body, bodyMode).slice(0, length),
  ].join('\r\n');
}

/** What each DKIM-Signature covers, from the top: the signed fields, its own, and the body. */
export const dkimContents = (message: Split): readonly string[] =>
  message.fields.filter(({ name }) => name === 'dkim-signature').map((field) => contentOf(message, field));

const instanceOf = (field: Field): number => Number(tagsOf(field).get('i'));
const ofInstance = ({ fields }: Split, name: string, instance: number): readonly Field[] =>
  fields.filter((field) => field.name === name && instanceOf(field) === instance);

/** What the message signature of an ARC instance covers; '' where there is not exactly one. */
export function arcMessageContent(message: Split, instance: number): string {
  const [field, ...more] = ofInstance(message, 'arc-message-signature', instance);
  return field === undefined || more.length > 0 ? '' : contentOf(message, field);
}

/** What the seal of an ARC instance covers (RFC 8617 section 5.1.1). */
export function arcSealContent(message: Split, instance: number): string {
  const names = ['arc-authentication-results', 'arc-message-signature', 'arc-seal'];
  const sets = Array.from({ length: instance }, (_, at) => names.map((name) => ofInstance(message, name, at + 1)));
  if (sets.flat().some((found) => found.length !== 1)) return '';
  const fields = sets.flat(2);
  return [...fields.slice(0, -1), withoutSignature(fields.at(-1)!)]
    .map((field) => canonical(field, 'relaxed'))
    .join('\r\n');
}
