import type { Test } from '../policy.ts';
import { predicateNamed } from '../predicates/index.ts';
import type { Condition, Unsayable } from './condition.ts';
import { type ParameterValue, parameter } from './parameters.ts';
import { isVerdict, verdictConditions } from './verdicts.ts';
import { whyNot } from './why-not.ts';

/** Tests as Exchange says them, as far as it can. */
export interface Said {
  readonly conditions: readonly Condition[];
  readonly unsayable: readonly Unsayable[];
}

/** Parameters whose value is one word out of a few. */
const ofWords: ReadonlySet<string> = new Set(['FromScope', 'SentToScope', 'MessageTypeMatches']);

/**
 * Tests that must all hold, as conditions. The verdicts are asked of the header that Microsoft stamps, and those of DMARC
 * and of the owner's policy together, as one phrase of it.
 */
export function conditionsOf(tests: readonly Test[]): Said {
  const conditions: Condition[] = [];
  const unsayable: Unsayable[] = [];
  const found = [
    ...verdictConditions(tests.filter(({ predicate }) => isVerdict(predicate))),
    ...tests.filter(({ predicate }) => !isVerdict(predicate)).map(conditionOf),
  ];
  for (const one of found) {
    if ('type' in one) conditions.push(one);
    else unsayable.push(one);
  }
  return { conditions, unsayable };
}

function conditionOf(test: Test): Condition | Unsayable {
  const row = predicateNamed(test.predicate)!;
  const written = `${test.predicate}: ${test.written}`;
  if (row.exchange === undefined) return { written, why: whyNot(test) };
  const { parameters, values } = row.exchange;
  const given = values(test.value);
  if (ofWords.has(test.predicate) && typeof given[0] !== 'string' && given[0]!.length > 1)
    return { written, why: `-${test.predicate} takes one value: write a rule for each.` };
  return {
    type: parameters[0]!,
    parameters: parameters.map((name, at) => parameter(name, valueFor(name, given[at]!))),
  };
}

function valueFor(name: string, value: string | readonly string[]): ParameterValue {
  const single = typeof value === 'string' ? value : value[0]!;
  if (ofWords.has(name)) return { word: single };
  if (name === 'SCLOver') return Number(single);
  return name === 'MessageSizeOver' ? { word: `${single}B` } : value;
}
