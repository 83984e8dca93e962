import type { ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { MailhuntError } from '../../errors/index.ts';
import type { JsonSchema, Operation } from './operation.ts';

/** Parameters are texts: `?limit=20` is a number where the schema says so. Formats are for readers of the document. */
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, coerceTypes: 'array', validateFormats: false });
const checks = new WeakMap<JsonSchema, ValidateFunction>();

/**
 * Checks the parts of the path and what follows `?` against what the operation says of them. Throws HTTP0040 for one that is
 * not as it should be, or that stands there twice.
 */
export function checkParameters(
  url: URL,
  params: Readonly<Record<string, string>>,
  { parameters = {} }: Pick<Operation, 'parameters'>,
): void {
  for (const [name, schema] of Object.entries(parameters)) {
    const given = Object.hasOwn(params, name) ? [params[name]] : url.searchParams.getAll(name);
    if (given.length > 1) throw new MailhuntError('HTTP0040', { name, text: 'it stands there more than once' });
    if (given.length === 0) continue;
    const check = checks.get(schema) ?? ajv.compile({ type: 'object', properties: { value: schema } });
    checks.set(schema, check);
    if (check({ value: given[0] })) continue;
    throw new MailhuntError('HTTP0040', { name, text: check.errors?.[0]?.message ?? 'it is wrong' });
  }
}
