import { MailhuntError } from '../../errors/index.ts';
import { isObject, objectOf } from '../http/body.ts';
import { type Options, readOptions } from './options.ts';

/** A query or command as it came over the wire. */
export interface KustoRequest {
  /** The database's name; empty where none was given. */
  readonly db: string;
  /** The query or command text. */
  readonly csl: string;
  /** What the request says; the text's own `set` statements come with the answer. */
  readonly options: Options;
  /** Values for `declare query_parameters`. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly clientRequestId: string | undefined;
}

/**
 * Reads the members `db`, `csl` and `properties`, from a body or from the address of a GET. `properties` may be an object
 * (the Node client, Grafana) or the JSON text of one (the documentation). Throws HTTP0002.
 *
 * @see https://learn.microsoft.com/kusto/api/rest/request
 */
export function readRequest(members: Readonly<Record<string, unknown>>, path: string): KustoRequest {
  const refuse = (text: string): never => {
    throw new MailhuntError('HTTP0002', { path, text });
  };
  const { db, csl } = members;
  if (typeof csl !== 'string') return refuse('csl must be the text of a query');
  if (db !== undefined && db !== null && typeof db !== 'string') return refuse('db must be a name');
  const properties = readProperties(members.properties, path);
  const { Options: options, Parameters: parameters, ClientRequestId: id } = properties;
  if (!isAbsent(options) && !isObject(options)) return refuse('Options must be an object');
  if (!isAbsent(parameters) && !isObject(parameters)) return refuse('Parameters must be an object');
  return {
    db: db ?? '',
    csl,
    options: readOptions(isObject(options) ? options : {}, path),
    parameters: isObject(parameters) ? texts(parameters) : {},
    clientRequestId: typeof id === 'string' && id !== '' ? id : undefined,
  };
}

function readProperties(properties: unknown, path: string): Readonly<Record<string, unknown>> {
  if (isAbsent(properties) || properties === '') return {};
  if (isObject(properties)) return properties;
  if (typeof properties === 'string') return objectOf(properties, path);
  throw new MailhuntError('HTTP0002', { path, text: 'properties must be an object or its JSON text' });
}

const isAbsent = (value: unknown): value is null | undefined => value === undefined || value === null;

const texts = (values: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
