import { parse } from 'yaml';
import type { Action, Clause, Exception, Policy, PolicyRule, Reply, Test } from '../policy.ts';
import { deferred, rejected } from '../read/read-actions.ts';
import { type PolicyDocument, type RuleDocument, yamlOf } from './policy-document.ts';

/**
 * A policy as the text of a file: `readPolicy` makes the same policy of it, but for the places.
 *
 * @example readPolicy(writePolicy(policy), 'x.yaml').rules.length === policy.rules.length
 */
export const writePolicy = (policy: Policy): string => yamlOf(documentOf(policy));

const documentOf = ({ name, mode, rules }: Policy): PolicyDocument => ({
  remarks: [],
  name,
  mode,
  rules: rules.map(ruleDocument),
});

function ruleDocument(rule: PolicyRule): RuleDocument {
  const { name, comments, mode, enabled, activation, expiry, senderAddressLocation, errorAction, stop } = rule;
  const fields = {
    name,
    ...(comments === '' ? {} : { comments }),
    ...(mode === 'Enforce' ? {} : { mode }),
    ...(enabled ? {} : { enabled }),
    ...(activation === undefined ? {} : { activation: momentText(activation) }),
    ...(expiry === undefined ? {} : { expiry: momentText(expiry) }),
    ...(senderAddressLocation === 'Header' ? {} : { senderAddressLocation }),
    ...(errorAction === 'Ignore' ? {} : { errorAction }),
    ...(rule.when.length === 0 ? {} : { when: rule.when.map(plainClause) }),
    ...(rule.unless.length === 0 ? {} : { unless: rule.unless.map(plainException) }),
    do: rule.do.map(plainAction),
    ...(stop ? { stop } : {}),
  };
  return { remarks: [], fields };
}

/** A day where it is one, as people write it. */
export const momentText = (at: number): string => {
  const text = new Date(at).toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text;
};

const plainClause = ({ tests }: Clause): object =>
  Object.fromEntries(tests.map((test) => [test.predicate, plainArgument(test)]));

const plainException = (exception: Exception): object => ({
  ...plainClause(exception),
  ...(exception.because === '' ? {} : { because: exception.because }),
  ...(exception.expires === undefined ? {} : { expires: momentText(exception.expires) }),
});

/** An argument as a file has it. What has no plain form is taken as it was written. */
function plainArgument({ value, written }: Test): unknown {
  const plain = plainOf(value);
  return plain === undefined ? parse(written) : plain;
}

function plainOf(value: unknown): unknown {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) {
    const members = value.map(plainOf);
    return members.includes(undefined) ? undefined : members;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  // A pattern, client addresses, and the pair of a header field and what it holds.
  if ('source' in value && 'found' in value) return value.source;
  if ('list' in value && 'written' in value) return value.written;
  if ('header' in value && 'values' in value && Array.isArray(value.values)) {
    const member = typeof value.values[0] === 'string' ? 'Words' : 'Patterns';
    return { MessageHeader: value.header, [member]: plainOf(value.values) };
  }
  return undefined;
}

type Row<K extends Action['kind']> = (action: Extract<Action, { kind: K }>) => unknown;

/** What stands behind the name of an action; undefined where the name alone says it. */
const table: { readonly [K in Action['kind']]: Row<K> } = {
  Reject: ({ reply }) => plainReply(reply, rejected),
  Defer: ({ reply }) => plainReply(reply, deferred),
  DeleteMessage: () => undefined,
  Quarantine: ({ days }) => (days === 30 ? undefined : { days }),
  Deliver: () => undefined,
  SetHeader: ({ name, value }) => ({ name, value }),
  RemoveHeader: ({ name }) => name,
  PrependSubject: ({ text }) => text,
  ApplyBanner: ({ text, location, fallback }) => ({ text, location, fallback }),
};

export function plainAction(action: Action): unknown {
  const value = (table[action.kind] as Row<Action['kind']>)(action as never);
  return value === undefined ? action.kind : { [action.kind]: value };
}

const plainReply = ({ code, enhanced, text }: Reply, usual: Reply): object | undefined =>
  code === usual.code && enhanced === usual.enhanced && text === usual.text ? undefined : { code, enhanced, text };
