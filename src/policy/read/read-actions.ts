import {
  entriesOf,
  needed,
  oneOf,
  type Reader,
  type Spot,
  shape,
  text,
  textLike,
  unknown,
  wholeNumber,
  wrong,
} from '../../yaml/index.ts';
import type { Action, Reply } from '../policy.ts';

/** RFC 7372 section 3.3: several authentication checks failed. */
export const rejected: Reply = {
  code: 550,
  enhanced: '5.7.26',
  text: 'Rejected: the message fails DMARC, and the owner of its author domain asks for that',
};
/** RFC 3463 section 3.8. */
export const deferred: Reply = {
  code: 451,
  enhanced: '4.7.0',
  text: 'The authentication of this message could not be checked now; try again later',
};

const QUARANTINE_DAYS = 30;

/** Printable ASCII: what every SMTP client can read, and nothing that could end the line. */
const replyText = textLike(/^[ -~]{1,400}$/, 'is no line of at most 400 printable ASCII characters');

/** A reply of a class: RFC 5321 section 4.2.1 and RFC 3463 must say the same. */
const reply =
  (usual: Reply, codes: readonly number[]): Reader<Reply> =>
  (spot) => {
    const first = String(usual.code)[0];
    const found = shape({
      code: (one: Spot) => {
        const code = wholeNumber(400, 599)(one);
        return codes.includes(code) ? code : wrong(one, `is one of ${codes.join(', ')}`);
      },
      enhanced: textLike(
        new RegExp(`^${first}\\.\\d{1,3}\\.\\d{1,3}$`),
        `is no enhanced code such as ${usual.enhanced}`,
      ),
      text: replyText,
    })(spot);
    return { ...usual, ...found };
  };

const lineOf = (most: number) =>
  textLike(new RegExp(`^[^\\r\\n\\0]{1,${most}}$`, 'u'), `is no line of at most ${most} characters`);
const fieldName = textLike(/^[!-9;-~]{1,70}$/, 'is no name of a header field');
/** What mail programs, and this program, tell a message by: a policy that wrote them would lie to who comes after. */
const guarded =
  /^(?:from|sender|to|cc|date|message-id|received|return-path|dkim-signature|arc-.*|authentication-results)$/i;
const ownField: Reader<string> = (spot) => {
  const name = fieldName(spot);
  return guarded.test(name) ? wrong(spot, `${name} is not a policy’s to write`) : name;
};

const whenGiven =
  <T>(reader: Reader<T>, otherwise: T): Reader<T> =>
  (spot) =>
    spot.node === null ? otherwise : reader(spot);

/** An action as a file has it: a row of the table of actions. */
export interface ActionRow<K extends Action['kind'] = Action['kind']> {
  /** One sentence for docs/policy-files.md. */
  readonly about: string;
  readonly example: string;
  readonly read: Reader<Extract<Action, { kind: K }>>;
  /** JSON Schema of its value; undefined where its name says all. */
  readonly schema?: object;
  /** True where the name alone will do as well. */
  readonly isShort?: true;
}

const line = (maxLength: number): object => ({ type: 'string', minLength: 1, maxLength });
const fields = (properties: Readonly<Record<string, object>>, ...required: readonly string[]): object => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const replySchema = (codes: readonly number[]): object =>
  fields({
    code: { enum: codes },
    enhanced: { type: 'string', pattern: '^[45]\\.[0-9]{1,3}\\.[0-9]{1,3}$' },
    text: line(400),
  });

/** How each action is written: its name alone, or `name: value`. */
export const actionTable: { readonly [K in Action['kind']]: ActionRow<K> } = {
  Reject: {
    about: 'Refused in the SMTP conversation; the client tells its sender. `code` is 550 or 554.',
    example: 'Reject: { code: 550, enhanced: 5.7.26, text: "Fails DMARC of the author domain" }',
    schema: replySchema([550, 554]),
    isShort: true,
    read: (spot) => ({ kind: 'Reject', reply: whenGiven(reply(rejected, [550, 554]), rejected)(spot) }),
  },
  Defer: {
    about: 'The client is asked to come again; nothing is decided. `code` is 450, 451 or 421.',
    example: 'Defer: { text: "DNS did not answer" }',
    schema: replySchema([421, 450, 451]),
    isShort: true,
    read: (spot) => ({ kind: 'Defer', reply: whenGiven(reply(deferred, [421, 450, 451]), deferred)(spot) }),
  },
  DeleteMessage: {
    about: 'Accepted, and thrown away without a word to anybody.',
    example: 'DeleteMessage',
    read: () => ({ kind: 'DeleteMessage' }),
  },
  Quarantine: {
    about: 'Accepted and kept for so many days (30), until somebody releases it.',
    example: 'Quarantine: { days: 14 }',
    schema: fields({ days: { type: 'integer', minimum: 1, maximum: 365 } }),
    isShort: true,
    read: (spot) => {
      const { days = QUARANTINE_DAYS } = whenGiven(shape({ days: wholeNumber(1, 365) }), {})(spot);
      return { kind: 'Quarantine', days };
    },
  },
  Deliver: {
    about: 'Delivered as it is now; later rules are not asked.',
    example: 'Deliver',
    read: () => ({ kind: 'Deliver' }),
  },
  SetHeader: {
    about:
      'A header field gets this value; others of its name go. Not for fields that say who sent the message, and how.',
    example: 'SetHeader: { name: X-Policy, value: dmarc-fail }',
    schema: fields({ name: line(70), value: line(1000) }, 'name', 'value'),
    read: (spot) => {
      const found = shape({ name: ownField, value: lineOf(1000) })(spot);
      return {
        kind: 'SetHeader',
        name: needed(spot, 'name', found.name),
        value: needed(spot, 'value', found.value),
      };
    },
  },
  RemoveHeader: {
    about: 'All header fields of this name go.',
    example: 'RemoveHeader: X-Spam-Status',
    schema: line(70),
    read: (spot) => ({ kind: 'RemoveHeader', name: ownField(spot) }),
  },
  PrependSubject: {
    about: 'The subject begins with this text, once.',
    example: 'PrependSubject: "[unproved] "',
    schema: line(100),
    read: (spot) => ({ kind: 'PrependSubject', text: lineOf(100)(spot) }),
  },
  ApplyBanner: {
    about:
      'The text stands before (or behind, `Append`) what the message says. Where a body cannot hold it, the message is wrapped in a new one (`Wrap`), left alone (`Ignore`) or refused (`Reject`).',
    example: 'ApplyBanner: { text: "The sender of this message is not proved.", location: Prepend, fallback: Wrap }',
    schema: fields(
      { text: line(5000), location: { enum: ['Append', 'Prepend'] }, fallback: { enum: ['Ignore', 'Wrap', 'Reject'] } },
      'text',
    ),
    read: (spot) => {
      const found = shape({
        text,
        location: oneOf(['Append', 'Prepend']),
        fallback: oneOf(['Ignore', 'Wrap', 'Reject']),
      })(spot);
      const { location = 'Prepend', fallback = 'Wrap' } = found;
      const words = needed(spot, 'text', found.text);
      if (words.length > 5000) return wrong(spot, 'has more than 5000 characters');
      return { kind: 'ApplyBanner', text: words, location, fallback };
    },
  },
};

export const actionKinds = Object.keys(actionTable) as Action['kind'][];

/** An action: its name alone, or one line `name: value`. */
export const action: Reader<Action> = (spot) => {
  if (spot.node !== null && 'value' in spot.node) return read(spot, text(spot), { ...spot, node: null });
  const [entry, ...more] = entriesOf(spot);
  if (entry === undefined || more.length > 0)
    return wrong(spot, 'is one action: a list of several has a dash before each');
  return read(entry.at, entry.key, entry.value);
};

function read(at: Spot, name: string, value: Spot): Action {
  const kind = actionKinds.find((known) => known === name);
  return kind === undefined
    ? wrong(at, `there is no action ${unknown(name, actionKinds)}`)
    : actionTable[kind].read(value);
}
