import type { Fields } from './fields.ts';
import { queryOf } from './query-part.ts';
import type { FunctionFound, RuleFile } from './rule-file.ts';

/** Where the parts of a function stand: Solutions/…/Parsers, and the ASIM parsers. */
const shapes = [
  { name: 'FunctionName', alias: 'FunctionAlias', query: 'FunctionQuery', parameters: 'FunctionParams' },
  { name: 'ParserName', alias: 'EquivalentBuiltInParser', query: 'ParserQuery', parameters: 'ParserParams' },
] as const;

/** Whether a map defines a function that queries call. */
export const isFunction = (fields: Fields): boolean => shapes.some(({ query }) => fields.has(query));

/** The function of a parser file, under its name and its alias. */
export function storedFunctions(fields: Fields, file: RuleFile): FunctionFound[] {
  const shape = shapes.find(({ query }) => fields.has(query))!;
  const query = queryOf(fields, shape.query, file);
  const names = [fields.text(shape.name), fields.text(shape.alias)]
    .map((name) => name?.trim())
    .filter((name): name is string => name !== undefined && /^[A-Za-z_]\w{0,127}$/.test(name));
  if (names.length === 0) fields.wrong(shape.name, 'must be letters, digits and _');
  const parameters = parametersOf(fields, shape.parameters);
  if (query === undefined) return [];
  const { provenance } = file;
  return [...new Set(names)].map((name) => ({
    name,
    parameters,
    // its own lines, so that a comment at its end does not swallow the bracket
    body: `{\n${query.text}\n}`,
    provenance,
    place: query.placeOf(0),
  }));
}

/** `[{ Name, Type, Default }]` as KQL writes it, or the text as it stands. */
function parametersOf(fields: Fields, name: string): string {
  const part = fields.part(name);
  if (part === undefined) return '()';
  if (part.kind === 'value') return `(${String(part.value).replace(/^\(|\)$/g, '')})`;
  const written = fields.maps(name).map((parameter) => {
    const [type, value] = [parameter.text('Type') ?? 'string', parameter.text('Default', true)];
    const bare = `${parameter.text('Name') ?? ''}:${type.startsWith('table') ? type.replace(/^table:?/, '') || '(*)' : type}`;
    return value === undefined ? bare : `${bare}=${defaultText(type, value)}`;
  });
  return `(${written.join(', ')})`;
}

/** A default of a string is given bare (`*`) in those files, or in quotes. */
const defaultText = (type: string, value: string): string =>
  type === 'string' && !/^(?:'.*'|".*")$/s.test(value) ? JSON.stringify(value) : value;
