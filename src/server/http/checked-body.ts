import type { IncomingMessage } from 'node:http';
import type { ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { MailhuntError } from '../../errors/index.ts';
import { pathOf, readBody } from './body.ts';
import { requireType } from './guard.ts';
import type { JsonSchema, Operation } from './operation.ts';

const ajv = new Ajv2020({ allErrors: false, strict: true, allowUnionTypes: true, validateFormats: false });
const checks = new WeakMap<JsonSchema, ValidateFunction>();

/**
 * The JSON of a request's body, as the operation describes it; undefined where it takes none, or bytes that the route
 * reads itself. Throws HTTP0013 for another media type, HTTP0008 where it is too large, HTTP0002 with the place that is
 * not as it should be.
 */
export async function checkedBody(request: IncomingMessage, operation: Operation | undefined): Promise<unknown> {
  const body = operation?.body;
  if (body === undefined) return undefined;
  if (Number(request.headers['content-length'] ?? 0) > body.limit)
    throw new MailhuntError('HTTP0008', { limit: body.limit });
  if (body.type !== 'application/json') return undefined;
  requireType(request, body.type);
  const value = jsonOf(await readBody(request, body.limit), pathOf(request));
  if (body.schema) requireSchema(value, body.schema, pathOf(request));
  return value;
}

function jsonOf(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new MailhuntError('HTTP0002', { path, text: 'it is not JSON' }, { cause: error });
  }
}

function requireSchema(value: unknown, schema: JsonSchema, path: string): void {
  const check = checks.get(schema) ?? ajv.compile(schema);
  checks.set(schema, check);
  if (check(value)) return;
  const [first] = check.errors ?? [];
  throw new MailhuntError('HTTP0002', { path, text: `${first?.instancePath || 'it'} ${first?.message ?? 'is wrong'}` });
}
