import { schemaOf } from './field.ts';
import { gatewayFields } from './gateway-fields.ts';

/**
 * The form of a `gateway.yaml` as JSON Schema (2020-12), for editors: what they complete, explain and underline. Reading is
 * stricter: it knows ranges of times and sizes, and numbers that do not go together.
 *
 * @example new Ajv2020().compile(gatewaySchema())(parse(text))
 */
export const gatewaySchema = (): object => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'How a gate of mailhunt is set up',
  ...schemaOf(gatewayFields),
  anyOf: [{ required: ['smtp'] }, { required: ['milter'] }],
});
