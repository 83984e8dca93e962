import { decodedText, decodedWords } from '../message/encoded-words.ts';
import { unfolded } from '../message/raw-message.ts';
import { ResultsScanner } from './results-scanner.ts';
import type { AuthenticationResults, MethodResult } from './words.ts';

/** A field with more characters is not read; results and properties beyond these numbers are left out. */
const limits = { characters: 1 << 16, results: 100, properties: 50 };

/** Properties without a type: Microsoft's `action=` (a disposition) and the `reason=` that RFC 8601 has too. */
const bareProperties: ReadonlySet<string> = new Set(['action', 'reason']);

/** Between and around encoded words stands nothing but blanks: the field was encoded as a whole. */
const ENCODED_AS_A_WHOLE = /^(?:=\?[^?\s]{1,64}\?[bq]\?[^?\s]*\?=\s*)+$/i;

/**
 * Reads the value of an Authentication-Results field: RFC 8601 section 2.2, more leniently where real receivers differ, and
 * Microsoft's dialect, which has no authserv-id (https://learn.microsoft.com/defender-office-365/message-headers-eop-mdo)
 * and is wrapped into encoded words where a domain is not ASCII. Undefined for what is neither. Never throws; takes time
 * linear in the value. All texts are hostile.
 *
 * Of a part with several methods (a semicolon is missing, or a sender brought in text) only the first counts, and of a
 * property that stands there twice the first.
 *
 * @param value as it stands in the message: folded, one character a byte
 * @example readAuthenticationResults('mx.example.com; spf=pass smtp.mailfrom=example.net')
 * // { authservId: 'mx.example.com', results: [{ method: 'spf', result: 'pass', properties: { 'smtp.mailfrom': 'example.net' } }] }
 * @example readAuthenticationResults('spf=fail (sender IP is 203.0.113.7) smtp.mailfrom=example.net; dkim=none …')?.authservId // undefined
 */
export function readAuthenticationResults(value: string): AuthenticationResults | undefined {
  if (value.length > limits.characters) return undefined;
  const scanner = new ResultsScanner(plainText(value));
  const first = firstPart(scanner);
  if (first === undefined) return undefined;
  scanner.skipPart();
  const results = first.result === undefined ? [] : [first.result];
  while (!scanner.atEnd && results.length < limits.results) {
    const result = methodResult(scanner);
    scanner.skipPart();
    if (result !== undefined) results.push(result);
  }
  if (scanner.unreadable) return undefined;
  return first.authservId === undefined ? { results } : { authservId: first.authservId, results };
}

function plainText(value: string): string {
  const text = decodedText(unfolded(value));
  // Elsewhere an encoded word is text like other: RFC 2047 section 5 allows none in a structured field.
  return ENCODED_AS_A_WHOLE.test(text) ? decodedWords(text) : text;
}

/** What stands before the first semicolon: an authserv-id with a version, or the first result of Microsoft's dialect. */
function firstPart(scanner: ResultsScanner): { authservId?: string; result?: MethodResult } | undefined {
  const result = methodResult(scanner);
  if (result !== undefined) return { result };
  scanner.rewind();
  scanner.skip();
  const authservId = scanner.value().toLowerCase();
  return authservId === '' || authservId.includes('=') ? undefined : { authservId };
}

/** `method [/version] = result [reason] properties`; undefined where that is not what stands there, as `none` is not. */
function methodResult(scanner: ResultsScanner): MethodResult | undefined {
  scanner.skip();
  const method = scanner.keyword();
  scanner.skip();
  if (scanner.take('/')) {
    scanner.skip();
    scanner.keyword();
    scanner.skip();
  }
  if (method === undefined || !scanner.take('=')) return undefined;
  scanner.skip();
  scanner.takeComments();
  const result = scanner.keyword();
  if (result === undefined || !scanner.atBoundary) return undefined;
  const properties = propertiesOf(scanner);
  const reason = properties.reason ?? scanner.takeComments().find((text) => text !== '');
  const read = { method: method.toLowerCase(), result: result.toLowerCase(), properties };
  return reason === undefined ? read : { ...read, reason };
}

function propertiesOf(scanner: ResultsScanner): Record<string, string> {
  const properties = new Map<string, string>();
  for (scanner.skip(); !scanner.atPartEnd; scanner.skip()) {
    const name = propertyName(scanner);
    if (name === undefined || !scanner.take('=')) {
      // A word that is no property is passed over; propertyName() may have passed over it already.
      if (!scanner.atBoundary) scanner.value();
      continue;
    }
    scanner.skip();
    const value = scanner.value();
    const known = name.includes('.') || bareProperties.has(name);
    if (known && !properties.has(name) && properties.size < limits.properties) properties.set(name, value);
  }
  return Object.fromEntries(properties);
}

/** `ptype.property` or a bare name, and the blanks behind it. */
function propertyName(scanner: ResultsScanner): string | undefined {
  const type = scanner.keyword();
  if (type === undefined) return undefined;
  scanner.skip();
  if (!scanner.take('.')) return type.toLowerCase();
  scanner.skip();
  const property = scanner.keyword();
  scanner.skip();
  return property && `${type}.${property}`.toLowerCase();
}
