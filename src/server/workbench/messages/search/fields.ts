/** A word of the message search, `from:`, with what may stand behind its colon. Pure data: server and page read it. */
export interface SearchField {
  readonly name: string;
  /** One line for the help of the search box. */
  readonly help: string;
  readonly example: string;
  /** The values that it takes, lower case; any text where absent. */
  readonly values?: readonly string[];
  /** What a free value must look like, and how that is said. */
  readonly form?: { readonly pattern: RegExp; readonly words: string };
}

const results = ['pass', 'fail', 'softfail', 'neutral', 'none', 'temperror', 'permerror', 'bestguesspass', 'softpass'];

/** What Exchange does with mail that fails DMARC, as `action=` of Authentication-Results says it. */
export const dmarcActions = ['oreject', 'reject', 'quarantine', 'pct.reject', 'pct.quarantine'] as const;

/** Defender's DeliveryAction, lower case. */
export const deliveryActions = ['delivered', 'junked', 'blocked', 'replaced'] as const;

const yesNo = ['yes', 'no'];

const moment = {
  pattern: /^(?:\d{1,4}[dhm]|\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,7})?)?Z?)?)$/i,
  words: 'a day (2026-01-31), a time in UTC (2026-01-31T12:00) or an age (7d, 12h, 30m)',
};

/** Every word of the search, in the order of the help. */
export const searchFields: readonly SearchField[] = [
  {
    name: 'from',
    help: 'sender: address or shown name; a whole address is taken exactly',
    example: 'from:anna@contoso.com',
  },
  { name: 'to', help: 'a recipient: address or a part of it', example: 'to:finance' },
  { name: 'subject', help: 'part of the subject', example: 'subject:"invoice 4711"' },
  { name: 'domain', help: 'domain of the visible sender, and those below it', example: 'domain:contoso.com' },
  { name: 'envelope', help: 'envelope sender (MAIL FROM): address, domain or a part', example: 'envelope:bounce' },
  {
    name: 'ip',
    help: 'address of the client that sent it, or a network',
    example: 'ip:192.0.2.0/24',
    form: {
      pattern: /^[0-9a-f:.]{2,45}(?:\/\d{1,3})?$/i,
      words: 'an IP address (192.0.2.7) or a network (192.0.2.0/24)',
    },
  },
  {
    name: 'auth',
    help: 'result of a check',
    example: 'auth:dmarc=fail',
    values: ['dmarc', 'dkim', 'spf'].flatMap((method) => results.map((result) => `${method}=${result}`)),
  },
  {
    name: 'compauth',
    help: 'composite authentication, or its reason code',
    example: 'compauth:fail',
    form: {
      pattern: /^(?:pass|fail|softpass|none|\d{3})$/i,
      words: 'pass, fail, softpass, none or a code of three digits (000)',
    },
  },
  { name: 'delivered', help: 'it reached an inbox', example: 'delivered:yes', values: yesNo },
  {
    name: 'action',
    help: 'what was done with it: at delivery, or by the DMARC policy',
    example: 'action:oreject',
    values: [...deliveryActions, ...dmarcActions],
  },
  {
    name: 'clicked',
    help: 'somebody clicked a link; allowed: and got through',
    example: 'clicked:yes',
    values: [...yesNo, 'allowed'],
  },
  { name: 'url', help: 'part of a URL in it (defanged forms are understood)', example: 'url:login.example.net' },
  { name: 'attachment', help: 'part of a file name, or a SHA-256', example: 'attachment:.html' },
  { name: 'has', help: 'it carries links or files', example: 'has:attachment', values: ['url', 'attachment'] },
  {
    name: 'threat',
    help: 'what was found in it',
    example: 'threat:phish',
    values: ['phish', 'malware', 'spam', ...yesNo],
  },
  {
    name: 'direction',
    help: 'where it went',
    example: 'direction:inbound',
    values: ['inbound', 'outbound', 'intra-org'],
  },
  { name: 'id', help: 'NetworkMessageId or Message-ID', example: 'id:2f1c0a52-…' },
  { name: 'after', help: 'received at or after', example: 'after:7d', form: moment },
  { name: 'before', help: 'received before', example: 'before:2026-01-31', form: moment },
];

const byName = new Map(searchFields.map((field) => [field.name, field]));

/** The field of a name, in any case; undefined where there is none. */
export const searchField = (name: string): SearchField | undefined => byName.get(name.toLowerCase());
