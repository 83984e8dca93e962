import type { AuthenticationResults, MethodResult } from './words.ts';

/** Where a line is broken (RFC 5322 section 2.1.1). */
const LINE = 76;

const KEYWORD = /^[a-z0-9_-]+$/i;
/** `ptype.property`, or one of the two that have no type. */
const PROPERTY = /^(?:[a-z0-9_-]+\.[a-z0-9_-]+|action|reason)$/i;
/** What needs no quotation marks: an address or a domain name, less than RFC 8601 allows. */
const PLAIN = /^[\w.+@-]+$/;

/**
 * Writes the value of an Authentication-Results field by RFC 8601 section 2.2, folded, without the field's name. Values that
 * a sender chose stand in quoted strings and comments that they cannot leave; control characters become `?`. A result whose
 * method, result or property name is no keyword is left out. {@link readAuthenticationResults} gives back what went in.
 *
 * @example writeAuthenticationResults('mx.example.com', [{ method: 'spf', result: 'pass', properties: { 'smtp.mailfrom': 'example.net' } }])
 * // 'mx.example.com;\r\n spf=pass smtp.mailfrom=example.net'
 */
export function writeAuthenticationResults(authservId: string, results: AuthenticationResults['results']): string {
  const parts = results.filter(isWritable).map((result) => ` ${methodSpec(result)}`);
  return folded([pvalue(authservId), ...(parts.length > 0 ? parts : [' none'])].join(';'));
}

/**
 * Writes results as Microsoft 365 stamps them: no authserv-id, no blank behind the results of DKIM and DMARC, and a
 * semicolon behind DMARC even where nothing follows. For messages that are made up; the same rules for hostile values.
 *
 * @example writeMicrosoftResults(results)
 * // 'spf=fail (sender IP is 203.0.113.7)\r\n smtp.mailfrom=example.net; dkim=none (message not signed)\r\n header.d=none;dmarc=fail …'
 */
export function writeMicrosoftResults(results: AuthenticationResults['results']): string {
  const parts = results.filter(isWritable);
  return folded(parts.map((part, index) => methodSpec(part) + separator(part, index === parts.length - 1)).join(''));
}

function separator({ method }: MethodResult, last: boolean): string {
  if (last) return method === 'dmarc' ? ';' : '';
  return method === 'spf' ? '; ' : ';';
}

const isWritable = ({ method, result }: MethodResult): boolean => KEYWORD.test(method) && KEYWORD.test(result);

function methodSpec({ method, result, reason, properties }: MethodResult): string {
  const words = [`${method}=${result}`];
  if (properties.reason === undefined && reason) words.push(comment(reason));
  for (const [name, value] of Object.entries(properties)) {
    if (PROPERTY.test(name)) words.push(`${name}=${pvalue(value)}`);
  }
  return words.join(' ');
}

const pvalue = (value: string): string => (PLAIN.test(value) ? value : `"${escaped(value, /["\\]/g)}"`);
const comment = (text: string): string => `(${escaped(text, /[()\\]/g)})`;
const escaped = (text: string, special: RegExp): string => text.replace(/[\0-\x1f\x7f]/g, '?').replace(special, '\\$&');

/** Breaks lines at single blanks: unfolding gives the same text back (RFC 5322 section 2.2.3). */
export function folded(text: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/(?<=\S)(?= \S)/)) {
    if (line !== '' && line.length + word.length > LINE) {
      lines.push(line);
      line = '';
    }
    line += word;
  }
  return [...lines, line].join('\r\n');
}
