import { MailhuntError } from '../../../errors/index.ts';
import { MOST_RULES } from '../../read/read-policy.ts';
import { boundedJson, type JsonLimits } from './bounded-json.ts';

/** A rule as `Get-TransportRule | ConvertTo-Json` has it. */
export type RawRule = Readonly<Record<string, unknown>>;

/**
 * Bytes of a file that are read. 300 rules with all their properties, most of them null, are about 4 MB; more depth than is
 * needed makes them more.
 */
export const MOST_BYTES = 32 * 1024 * 1024;
/** ConvertTo-Json goes down to 100; a rule has about 250 properties. */
const limits: JsonLimits = { depth: 128, values: 1_000_000 };
const MOST_PROPERTIES = 2000;

/**
 * The rules of a file that `Get-TransportRule | ConvertTo-Json -Depth 5` wrote: one alone or a list, with a byte order mark or
 * without, in UTF-8 or in what Windows PowerShell's `>` writes.
 *
 * @param file the name that errors show
 * @throws MailhuntError POLICY0010 where it is something else
 * @example rawRules(Buffer.from('{"Name":"a"}'), 'rules.json').length // 1
 */
export function rawRules(bytes: Uint8Array, file: string): readonly RawRule[] {
  const wrong = (text: string): never => {
    throw new MailhuntError('POLICY0010', { file, text });
  };
  if (bytes.length > MOST_BYTES) wrong(`it is larger than ${MOST_BYTES >> 20} MB`);
  const found = boundedJson(textOf(bytes), limits, wrong);
  const rules = Array.isArray(found) ? found : [unwrapped(found)].flat();
  if (rules.length === 0) wrong('there is no rule in it');
  if (rules.length > MOST_RULES) wrong(`it has ${rules.length} members, and a policy at most ${MOST_RULES} rules`);
  for (const [at, rule] of rules.entries()) {
    if (!isRaw(rule)) wrong(`its member ${at + 1} is no rule`);
    if (typeof rule.Name !== 'string' || rule.Name === '') wrong(`its member ${at + 1} has no Name`);
    const properties = Object.keys(rule).length;
    if (properties > MOST_PROPERTIES) wrong(`its member ${at + 1} has ${properties} properties, and no rule so many`);
  }
  return rules as readonly RawRule[];
}

function textOf(bytes: Uint8Array): string {
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isWide ? 'utf-16le' : 'utf-8').decode(bytes);
}

/** Windows PowerShell writes a list that carries properties of its own as `{ value: […], Count: 2 }`. */
const unwrapped = (found: unknown): unknown =>
  isRaw(found) && Array.isArray(found.value) && 'Count' in found ? found.value : found;

export const isRaw = (value: unknown): value is RawRule =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
