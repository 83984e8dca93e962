import { type Answer, answer } from './answer.ts';
import type { Features } from './features.ts';
import { parameters } from './parameters.ts';
import { type Path, readPath } from './path.ts';

/** MAIL or RCPT, checked. */
export interface EnvelopeCommand {
  readonly path: Path;
  /** In capitals, with their values as they were written; empty for those that have none. Only known and valid ones. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** What decides whether one is taken. */
export interface EnvelopeRules {
  /** What was advertised. */
  readonly features: Features;
  /** True behind EHLO. */
  readonly isExtended: boolean;
  /** SMTPUTF8 belongs to this transaction; for MAIL its own parameter says so. */
  readonly utf8: boolean;
  /** The client may leave domains away, choose routes and say AUTH=. */
  readonly isTrusted: boolean;
}

type Verb = 'MAIL' | 'RCPT';

const words: Readonly<Record<Verb, { readonly before: RegExp; readonly enhanced: string; readonly utf8: Answer }>> = {
  MAIL: {
    before: /^FROM: {0,3}/i,
    enhanced: '5.1.7',
    utf8: answer(550, '5.6.7', 'An address beyond ASCII needs SMTPUTF8'),
  },
  RCPT: {
    before: /^TO: {0,3}/i,
    enhanced: '5.1.3',
    utf8: answer(553, '5.6.7', 'An address beyond ASCII needs SMTPUTF8'),
  },
};

/**
 * Reads what follows `MAIL` or `RCPT`.
 *
 * @returns the answer where it is refused
 */
export function readEnvelope(verb: Verb, rest: string, rules: EnvelopeRules): EnvelopeCommand | Answer {
  const { before, enhanced, utf8 } = words[verb];
  const [start] = before.exec(rest) ?? [];
  if (start === undefined) return answer(501, '5.5.4', `Syntax: ${verb} ${verb === 'MAIL' ? 'FROM' : 'TO'}:<address>`);
  const read = readPath(rest.slice(start.length));
  if (read === undefined) return answer(501, enhanced, 'Bad address syntax');
  const given = readParameters(verb, read.rest, rules);
  if (!(given instanceof Map)) return given;
  const { path } = read;
  if (path.is8bit && !rules.utf8 && !given.has('SMTPUTF8')) return utf8;
  return wrongPath(verb, path, rules) ?? { path, parameters: given };
}

function wrongPath(verb: Verb, path: Path, { isTrusted }: EnvelopeRules): Answer | undefined {
  if (verb === 'RCPT' && path.address === '') return answer(501, '5.1.3', 'A recipient is needed');
  if (isTrusted || path.address === '') return undefined;
  if (path.isRouted && verb === 'RCPT') return answer(550, '5.7.1', 'Routes of the sender’s own choice are not taken');
  const isPostmaster = verb === 'RCPT' && path.local.toLowerCase() === 'postmaster';
  return path.domain === '' && !isPostmaster
    ? answer(501, words[verb].enhanced, 'The address needs a domain')
    : undefined;
}

function readParameters(verb: Verb, rest: string, rules: EnvelopeRules): Map<string, string> | Answer {
  const given = new Map<string, string>();
  if (rest !== '' && !rest.startsWith(' ')) return answer(501, '5.5.4', 'Bad address syntax');
  for (const word of rest.split(' ').filter((text) => text !== '')) {
    const [, name = '', value] = /^([A-Za-z\d][A-Za-z\d-]{0,40})(?:=([^=\s]{1,600}))?$/.exec(word) ?? [];
    const keyword = name.toUpperCase();
    if (!isOffered(verb, keyword, rules)) return answer(555, '5.5.4', 'A parameter that is not known here');
    const { value: isValue } = parameters[keyword]!;
    const isRight = isValue === undefined ? value === undefined : value !== undefined && isValue(value);
    if (!isRight || given.has(keyword)) return answer(501, '5.5.4', `Bad ${keyword}`);
    given.set(keyword, value ?? '');
  }
  return given;
}

function isOffered(verb: Verb, keyword: string, { features, isExtended, isTrusted }: EnvelopeRules): boolean {
  const parameter = Object.hasOwn(parameters, keyword) ? parameters[keyword] : undefined;
  if (parameter?.of !== verb || !isExtended) return false;
  // SIZE is ours, too: we have a limit even where the next hop names none.
  if (parameter.needs === undefined) return isTrusted;
  return parameter.needs === 'size' || features[parameter.needs] === true;
}
