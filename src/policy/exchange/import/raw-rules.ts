import { MailhuntError } from '../../../errors/index.ts';

/** A rule as `Get-TransportRule | ConvertTo-Json` has it. */
export type RawRule = Readonly<Record<string, unknown>>;

/** What is read of one file. */
const MOST_BYTES = 32 * 1024 * 1024;

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
  const found = parsed(textOf(bytes), wrong);
  const rules = Array.isArray(found) ? found : [unwrapped(found)].flat();
  if (rules.length === 0) wrong('there is no rule in it');
  for (const [at, rule] of rules.entries()) {
    if (!isRaw(rule)) wrong(`its member ${at + 1} is no rule`);
    if (typeof rule.Name !== 'string' || rule.Name === '') wrong(`its member ${at + 1} has no Name`);
  }
  return rules as readonly RawRule[];
}

function textOf(bytes: Uint8Array): string {
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isWide ? 'utf-16le' : 'utf-8').decode(bytes);
}

function parsed(text: string, wrong: (text: string) => never): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return wrong(error instanceof Error ? error.message.slice(0, 200) : 'it is not JSON');
  }
}

/** Windows PowerShell writes a list that carries properties of its own as `{ value: […], Count: 2 }`. */
const unwrapped = (found: unknown): unknown =>
  isRaw(found) && Array.isArray(found.value) && 'Count' in found ? found.value : found;

export const isRaw = (value: unknown): value is RawRule =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
