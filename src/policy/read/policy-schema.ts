import { modes, senderLocations } from '../policy.ts';
import { predicateTable } from '../predicates/index.ts';
import { actionTable } from './read-actions.ts';

const text = (maxLength: number): object => ({ type: 'string', maxLength });
const moment = {
  type: 'string',
  pattern: '^\\d{4}-\\d\\d-\\d\\d(?:T\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d+)?)?(?:Z|[+-]\\d\\d:\\d\\d))?$',
};
/** A list, or one member of it without its dash. */
const listOf = (items: object, maxItems = 100): object => ({ anyOf: [{ type: 'array', items, maxItems }, items] });

/**
 * The form of a policy file as JSON Schema (2020-12), for editors: what they complete, explain and underline. Reading is
 * stricter: it knows domains, addresses and patterns.
 *
 * @example new Ajv2020().compile(policySchema())(parse(text))
 */
export function policySchema(): object {
  const predicates = Object.fromEntries(
    predicateTable.map(({ name, about, argument }) => [name, { description: about, ...argument.schema }]),
  );
  const clause = { type: 'object', properties: predicates, additionalProperties: false, minProperties: 1 };
  const exception = {
    ...clause,
    properties: {
      ...predicates,
      because: { description: 'Why the exception is there.', ...text(1024) },
      expires: { description: 'The day from which on it counts no more.', ...moment },
    },
  };
  const rule = {
    type: 'object',
    properties: {
      name: text(64),
      comments: text(1024),
      mode: { enum: modes },
      enabled: { type: 'boolean' },
      activation: moment,
      expiry: moment,
      senderAddressLocation: { enum: senderLocations },
      errorAction: { enum: ['Ignore', 'Defer'] },
      when: listOf({ $ref: '#/$defs/clause' }),
      unless: listOf({ $ref: '#/$defs/exception' }),
      do: listOf({ $ref: '#/$defs/action' }, 20),
      stop: { type: 'boolean' },
    },
    required: ['name', 'do'],
    additionalProperties: false,
  };
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'A policy of mailhunt',
    type: 'object',
    properties: {
      name: text(64),
      description: text(64 * 1024),
      mode: { description: 'Audit: nothing is done, and what would be is recorded.', enum: modes },
      rules: listOf({ $ref: '#/$defs/rule' }, 300),
    },
    required: ['name', 'mode'],
    additionalProperties: false,
    $defs: { rule, clause, exception, action: { anyOf: Object.entries(actionTable).flatMap(actionForms) } },
  };
}

type Row = (typeof actionTable)[keyof typeof actionTable];

function actionForms([kind, { about, schema, isShort }]: [string, Row]): readonly object[] {
  const short = { const: kind, description: about };
  if (schema === undefined) return [short];
  const long = {
    type: 'object',
    properties: { [kind]: { description: about, ...schema } },
    required: [kind],
    additionalProperties: false,
  };
  return isShort ? [short, long] : [long];
}
