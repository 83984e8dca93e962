import type { JsonSchema, Operation } from '../../http/operation.ts';

const text: JsonSchema = { type: 'string' };
const number: JsonSchema = { type: 'integer' };
const texts: JsonSchema = { type: 'array', items: text };
const object = (properties: Readonly<Record<string, JsonSchema>>): JsonSchema => ({ type: 'object', properties });

const id: JsonSchema = { type: 'string', minLength: 1, maxLength: 1024, description: 'NetworkMessageId' };

const attempt = object({ at: number, by: text, answer: text });

/** A message in quarantine. Times are milliseconds since 1970. */
const held = object({
  id: text,
  at: number,
  until: number,
  from: text,
  mailFrom: text,
  recipients: texts,
  subject: text,
  policy: text,
  rule: text,
  client: object({ ip: text, helo: text }),
  internetMessageId: text,
  size: number,
  room: { ...number, description: 'Bytes of all that is kept of it.' },
  origin: { ...object({ ip: text, domain: text }), description: 'Whose share of the quarantine it takes.' },
  begun: { ...attempt, description: 'A release that was begun and whose end is not known.' },
  refused: { ...attempt, description: 'The last release that the next hop refused.' },
});

const reply = object({ code: number, enhanced: text, text });
const counts: JsonSchema = { type: 'object', additionalProperties: number };

const away = { 503: { description: 'No gate runs, or it cannot be asked.', type: 'application/json' } };

const json = (
  summary: string,
  answer: { readonly description: string; readonly schema: JsonSchema },
  parameters: Readonly<Record<string, JsonSchema>> = { id },
): Operation => ({ summary, parameters, answers: { 200: { ...answer, type: 'application/json' }, ...away } });

/** What the addresses of the gate take and give. */
export const operations = {
  status: json(
    'How the mail gate is: policy, store, DNS, journal, and what it has said so far',
    {
      description: 'the gate',
      schema: object({
        pid: number,
        since: number,
        policy: object({ name: text, mode: text }),
        store: { enum: ['there', 'away'] },
        dns: { enum: ['alive', 'dead', 'unknown'] },
        journal: object({ bytes: number, hasRoom: { type: 'boolean' } }),
        quarantine: object({
          messages: number,
          bytes: number,
          limits: object({ messages: number, bytes: number, share: { type: 'number' } }),
          isFull: { type: 'boolean' },
        }),
        messages: object({ byAnswer: counts, byRule: counts }),
      }),
    },
    {},
  ),
  list: json(
    'The messages in quarantine, the newest first, a page at a time',
    {
      description: 'a page',
      schema: object({ messages: { type: 'array', items: held }, next: number, total: number }),
    },
    {
      limit: { type: 'integer', minimum: 1, maximum: 1000, description: 'Messages at most; 500 where absent.' },
      before: { type: 'integer', minimum: 0, description: 'What the page before gave as next.' },
    },
  ),
  show: json('One message in quarantine: why it is there, what it proved, its header', {
    description: 'the message',
    schema: object({
      held,
      decision: object({
        policy: text,
        mode: text,
        action: text,
        rule: text,
        answer: text,
        trace: { type: 'array', items: object({ rule: text, outcome: text }) },
      }),
      results: text,
      header: text,
    }),
  }),
  message: {
    summary: 'A message in quarantine as it came, to be saved',
    parameters: { id },
    answers: {
      200: { description: 'bytes, never to be shown by a browser', type: 'application/octet-stream' },
      ...away,
    },
  },
  release: json('Hands a message in quarantine to the next hop of the gate', {
    description: 'what the next hop answered',
    schema: object({
      held,
      answer: reply,
      taken: texts,
      refused: { type: 'array', items: object({ recipient: text, answer: reply }) },
    }),
  }),
  remove: json('Removes a message from quarantine for good', { description: 'what was removed', schema: held }),
} as const satisfies Readonly<Record<string, Operation>>;
