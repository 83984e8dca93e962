/** A JSON Schema (draft 2020-12), as OpenAPI 3.1 takes it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * What a route takes and gives: its entry in the OpenAPI document, and what requests are checked against before the route
 * sees them (HTTP0002 with the place).
 *
 * @example { summary: 'One message', answers: { 200: { description: 'its facts', type: 'application/json' } } }
 */
export interface Operation {
  readonly summary: string;
  /** Of the `:name` parts of the path and of what follows `?`; each a text as it stands in the address. */
  readonly parameters?: Readonly<Record<string, JsonSchema>>;
  readonly body?: RequestBody;
  /** By status; the errors that every address can give are added. */
  readonly answers: Readonly<Record<number, Answered>>;
}

export interface RequestBody {
  /** `application/json` is read and checked before the route; of any other the route reads the bytes. */
  readonly type: string;
  readonly schema?: JsonSchema;
  /** Largest body in bytes. */
  readonly limit: number;
}

export interface Answered {
  readonly description: string;
  readonly type: string;
  readonly schema?: JsonSchema;
}
