import { sqlText } from '../../duckdb/index.ts';
import type { Value } from '../../values/index.ts';
import type { ScalarFunction, SqlArg, SqlCall } from './row.ts';
import { textArg, textValue } from './strings.ts';
import { escapePattern, holdsTerm, termPattern } from './terms.ts';

const sides = { before: true, after: true } as const;
const PLAIN = /^(?:(?:0|[1-9][0-9]{0,2})\.){3}(?:0|[1-9][0-9]{0,2})$/;

const isAddress = (text: string): boolean => text.split('.').every((octet) => Number(octet) <= 255);

/** The constant addresses of a call; what is no address in the end (`1.2.3.256`) is never found. */
function addressesOf({ args, refuse }: SqlCall): string[] {
  return args.slice(1).flatMap(({ constant }: SqlArg): string[] => {
    const texts: readonly Value[] = Array.isArray(constant) ? constant : [constant ?? null];
    return texts.map((text) =>
      typeof text === 'string' && PLAIN.test(text) ? text : refuse('needs constant addresses of four plain numbers'),
    );
  });
}

/** Whether one of the addresses stands in the text, with no letter or digit beside it. */
const search = (name: string): ScalarFunction => ({
  name,
  page: `${name.replaceAll('_', '-')}-function`,
  nullable: false,
  sql: (call) => {
    const needles = addressesOf(call).filter(isAddress).map(escapePattern);
    if (needles.length === 0) return 'false';
    return `regexp_full_match(${textArg(call.args[0]!)}, ${sqlText(termPattern(`(?:${needles.join('|')})`, sides))})`;
  },
  evaluate: ([source = '', ...addresses], { argTypes }) => {
    const text = textValue(source, argTypes[0]);
    const all = addresses.flatMap((item): readonly Value[] => (Array.isArray(item) ? item : [item]));
    return all.some(
      (item) => typeof item === 'string' && PLAIN.test(item) && isAddress(item) && holdsTerm(text, item, sides),
    );
  },
});

/** Addresses in a text. */
export const ipSearchFunctions: readonly ScalarFunction[] = [search('has_ipv4'), search('has_any_ipv4')];
