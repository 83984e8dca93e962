import type { MailhuntError } from '../../errors/index.ts';
import type { StoredFunction, Warning } from '../../kql/index.ts';
import { formatDatetime } from '../../values/index.ts';
import { durationWords } from '../publish/rule-markdown.ts';
import type { FilePlace, Rule } from '../rule.ts';
import { framedQuery } from '../run/framed-query.ts';
import { declaredOf, isOfRule } from '../run/run-rule.ts';
import { blockersOf } from './blockers.ts';
import { type Needs, needsOf } from './needs.ts';
import type { ListFacts, StoreFacts } from './store-facts.ts';

/** What of a store is not as a rule needs it. */
export type LackKind =
  | 'query'
  | 'table'
  | 'look-back'
  | 'watchlist'
  | 'parameter'
  | 'address'
  | 'enrichment'
  | 'source';

/** One thing that a store does not have. */
export interface Lack {
  readonly kind: LackKind;
  /** `stops`: the rule cannot run or find anything; `weakens`: it may find less; `hint`: an empty list, by which it may find more. */
  readonly weight: 'stops' | 'weakens' | 'hint';
  /** The table, list, parameter or address; the error code of a query. */
  readonly what: string;
  readonly text: string;
  readonly advice: string;
  /** In the rule's file. */
  readonly place?: FilePlace;
}

/** How a rule stands in a store: nothing is missing, some things are, or it cannot find anything. */
export interface Examination {
  readonly rule: Rule;
  readonly state: 'ready' | 'partly' | 'not';
  readonly lacks: readonly Lack[];
}

/** What the rules are examined with. */
export interface ExamineMeans {
  readonly facts: StoreFacts;
  /** Datetime ticks. */
  readonly now: bigint;
  readonly functions: readonly StoredFunction[];
  readonly parameters: Readonly<Record<string, string>>;
  /** Days that the store keeps rows; 0 for all. */
  readonly retentionDays: number;
}

/** Compares what a rule needs with what a store has. */
export async function examineRule(rule: Rule, means: ExamineMeans): Promise<Examination> {
  const { facts, now } = means;
  const needs = needsOf(rule, now);
  const lists = new Map<string, ListFacts>();
  for (const alias of needs.watchlists) lists.set(alias, await facts.watchlist(alias));
  const isEmpty = (alias: string): boolean => !hasRows(lists.get(alias));
  const empty = {
    tables: needs.tables.filter((name) => facts.tables.get(name)?.rows === 0),
    lists: needs.watchlists.filter(isEmpty),
  };
  const filled = needs.watchlists.filter((alias) => !isEmpty(alias));
  const blockers = blockersOf(rule, empty, filled, now);
  const lacks = [
    ...parameterLacks(needs, means),
    ...empty.tables.map((name) => tableLack(name, blockers.tables.includes(name))),
    ...needs.tables.flatMap((name) => lookBackLacks(name, needs.lookBack, means)),
    ...empty.lists.map((alias) => listLack(alias, lists.get(alias), blockers.lists.includes(alias))),
    ...(await queryLacks(rule, needs, means)),
  ];
  const weights = new Set(lacks.map(({ weight }) => weight));
  return { rule, state: weights.has('stops') ? 'not' : weights.has('weakens') ? 'partly' : 'ready', lacks };
}

const hasRows = (list: ListFacts | undefined): boolean => list !== undefined && 'rows' in list && list.rows > 0;

const parameterLacks = ({ parameters }: Needs, { parameters: given }: ExamineMeans): readonly Lack[] =>
  parameters
    .filter((name) => !Object.hasOwn(given, name))
    .map((name) => ({
      kind: 'parameter',
      weight: 'stops',
      what: name,
      text: `the parameter ${name} has no default and no value`,
      advice: `give it one: --param ${name}=VALUE`,
    }));

const tableLack = (what: string, isBlocker: boolean): Lack => ({
  kind: 'table',
  weight: isBlocker ? 'stops' : 'weakens',
  what,
  text: `${what} has no rows${isBlocker ? ', and without them it finds nothing' : ''}`,
  advice: `bring rows of ${what}: mailhunt ingest FILE…`,
});

const DAY = 86_400_000;

/** To the second, as tables are shown. */
const shortTime = (ticks: bigint): string => formatDatetime(ticks).replace(/\.\d+Z$/, 'Z');

/** A table that does not go back as far as the rule looks, or has nothing as new. */
function lookBackLacks(what: string, lookBack: number | undefined, means: ExamineMeans): readonly Lack[] {
  const { from, to } = means.facts.tables.get(what) ?? {};
  if (lookBack === undefined || typeof from !== 'bigint' || typeof to !== 'bigint') return [];
  const start = means.now - BigInt(lookBack) * 10_000n;
  const lack = (text: string, advice: string): Lack => ({ kind: 'look-back', weight: 'weakens', what, text, advice });
  const looks = `it looks back ${durationWords(lookBack)}`;
  const keeps = means.retentionDays * DAY;
  if (to < start)
    return [
      lack(
        `${looks}, and the newest row of ${what} is of ${shortTime(to)}`,
        'bring newer rows, or set the clock: --now',
      ),
    ];
  if (keeps > 0 && keeps < lookBack)
    return [lack(`${looks}, and rows are kept for ${durationWords(keeps)}`, 'raise retention_days in mailhunt.yaml')];
  if (from > start)
    return [
      lack(
        `${looks}, and ${what} begins at ${shortTime(from)}`,
        'bring older rows; until then what is first seen counts as new',
      ),
    ];
  return [];
}

function listLack(what: string, list: ListFacts | undefined, isBlocker: boolean): Lack {
  const isMissing = list !== undefined && 'missing' in list;
  const text = isMissing ? list.missing : `the watchlist ${what} is empty`;
  return {
    kind: 'watchlist',
    weight: isBlocker ? 'stops' : isMissing ? 'weakens' : 'hint',
    what,
    text: isBlocker ? `${text}, and without it nothing is found` : text,
    advice: `fill watchlists/${what}.csv of the store, or name a file under watchlists in mailhunt.yaml`,
  };
}

/** What the store itself says of the query. */
async function queryLacks(rule: Rule, needs: Needs, means: ExamineMeans): Promise<readonly Lack[]> {
  const { facts, functions } = means;
  const framed = framedQuery(rule.query, { functions, from: undefined });
  const placed = (span: MailhuntError['span']): Pick<Lack, 'place'> =>
    span === undefined ? {} : { place: rule.placeOf(span.start) };
  try {
    const { warnings } = await facts.compile(framed.text, declaredOf(rule.query, means.parameters));
    return warnings.flatMap((warning) => warningLack(warning, placed(warning.span && framed.spanOf(warning.span))));
  } catch (thrown) {
    const error = framed.placed(thrown);
    if (!isOfRule(error)) throw error;
    // a parameter without a value hides what comes after it
    if (parameterLacks(needs, means).length > 0) return addressLacks(needs, facts);
    const unread = /^KQL001[23]$/.test(error.code) ? await addressLacks(needs, facts) : [];
    if (unread.length > 0) return unread;
    const { code, message, advice, span } = error;
    return [{ kind: 'query', weight: 'stops', what: code, text: message, advice, ...placed(span) }];
  }
}

/** Each address that cannot be read, not only the first. */
async function addressLacks({ addresses }: Needs, facts: StoreFacts): Promise<readonly Lack[]> {
  const errors = await Promise.all(addresses.map(async (url) => [url, await facts.address(url)] as const));
  return errors.flatMap(([url, error]): Lack[] => {
    if (error === undefined) return [];
    const { message: text, advice } = error;
    return [{ kind: 'address', weight: 'stops', what: withoutKey(url), text, advice }];
  });
}

/** What follows a question mark is often a key. */
const withoutKey = (url: string): string => url.replace(/[?#;].*$/s, '').slice(0, 500);

const kinds: Readonly<Record<string, LackKind>> = { WARN0003: 'enrichment', WARN0006: 'source' };

/** Empty tables and missing lists are told of elsewhere. */
function warningLack({ code, message }: Warning, place: Pick<Lack, 'place'>): readonly Lack[] {
  const kind = kinds[code];
  if (kind === undefined) return [];
  const advice = kind === 'enrichment' ? 'docs/surroundings.md says what can be configured' : 'correct its name';
  return [{ kind, weight: 'weakens', what: code, text: message, advice, ...place }];
}
