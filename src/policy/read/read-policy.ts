import {
  entriesOf,
  flag,
  listOf,
  oneOf,
  placeAt,
  type Reader,
  shape,
  text,
  textLike,
  unknown,
  writtenAt,
  wrong,
} from '../../yaml/index.ts';
import {
  type Clause,
  type Exception,
  isChange,
  modes,
  type Policy,
  type PolicyRule,
  senderLocations,
  type Test,
} from '../policy.ts';
import { predicateNamed, predicateTable } from '../predicates/index.ts';
import { policySpot } from './policy-spot.ts';
import { action } from './read-actions.ts';

/** Exchange's limits: 300 rules of an organisation, names of 64 characters, comments of 1024. */
export const MOST_RULES = 300;
const name = textLike(/^[^\r\n\0]{1,64}$/u, 'is no name of at most 64 characters');
const comment = textLike(/^[\s\S]{0,1024}$/u, 'is longer than 1024 characters');

/** `2026-11-21`, or a time with Z or an offset; milliseconds since 1970. */
const moment: Reader<number> = (spot) => {
  const value = textLike(
    /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/,
    'is no date such as 2027-06-30',
  )(spot);
  const at = Date.parse(value);
  const isDay =
    Number.isFinite(at) &&
    new Date(Date.parse(`${value.slice(0, 10)}T00:00Z`)).toISOString().startsWith(value.slice(0, 10));
  return isDay ? at : wrong(spot, `${value} is no day of the calendar`);
};

const test = ({ key, at, value }: ReturnType<typeof entriesOf>[number]): Test => {
  const row = predicateNamed(key);
  if (row === undefined)
    wrong(
      at,
      `there is no predicate ${unknown(
        key,
        predicateTable.map((one) => one.name),
      )}`,
    );
  return { predicate: key, value: row!.argument.read(value), written: writtenAt(value), place: placeAt(at) };
};

/** A line `predicate: value`, or several that must all hold. */
const clause: Reader<Clause> = (spot) => {
  const tests = entriesOf(spot).map(test);
  return tests.length === 0 ? wrong(spot, 'says nothing') : { tests, place: placeAt(spot) };
};

const properties = { because: comment, expires: moment };

/** As a clause, with the reason and the day from which on it counts no more. */
const exception: Reader<Exception> = (spot) => {
  const found: { because?: string; expires?: number } = {};
  const tests: Test[] = [];
  for (const entry of entriesOf(spot)) {
    if (entry.key === 'because') found.because = properties.because(entry.value);
    else if (entry.key === 'expires') found.expires = properties.expires(entry.value);
    else tests.push(test(entry));
  }
  return tests.length === 0 ? wrong(spot, 'says nothing') : { because: '', ...found, tests, place: placeAt(spot) };
};

const fields = {
  name,
  comments: comment,
  mode: oneOf(modes),
  enabled: flag,
  activation: moment,
  expiry: moment,
  senderAddressLocation: oneOf(senderLocations),
  errorAction: oneOf(['Ignore', 'Defer']),
  when: listOf(clause),
  unless: listOf(exception),
  do: listOf(action, 20),
  stop: flag,
};

const rule: Reader<PolicyRule> = (spot) => {
  const found = shape(fields)(spot);
  const actions = found.do ?? [];
  if (found.name === undefined) return wrong(spot, 'needs a name');
  if (actions.length === 0) return wrong(spot, 'needs do: its actions');
  if (actions.filter((one) => !isChange(one)).length > 1)
    return wrong(spot, 'has more than one action that ends a message');
  return {
    comments: '',
    mode: 'Enforce',
    enabled: true,
    senderAddressLocation: 'Header',
    errorAction: 'Ignore',
    when: [],
    unless: [],
    stop: false,
    ...found,
    name: found.name,
    do: actions,
    place: placeAt(spot),
  };
};

/**
 * The policy of a YAML file. A predicate may stand in a rule as often as one likes: each item of `when` must hold, one
 * item of `unless` is enough, and within an item every line must hold.
 *
 * @param file the name that errors show
 * @throws MailhuntError POLICY0001 with line and column of the first mistake
 * @example readPolicy('name: x\nrules:\n- name: y\n  when: [{ DMARC: fail }]\n  do: [Reject]\n', 'x.yaml').rules.length // 1
 */
export function readPolicy(content: string, file: string): Policy {
  const spot = policySpot(content, file);
  const found = shape({ name, description: text, mode: oneOf(modes), rules: listOf(rule, MOST_RULES) })(spot);
  const { rules = [], mode } = found;
  if (found.name === undefined) return wrong(spot, 'needs a name');
  if (mode === undefined) return wrong(spot, 'needs mode: Audit or Enforce');
  const [twice] = rules.filter((one, at) => rules.findIndex((other) => other.name === one.name) < at);
  if (twice !== undefined) return wrong(spot, `two rules are called ${JSON.stringify(twice.name)}`);
  return { name: found.name, file, mode, rules };
}
