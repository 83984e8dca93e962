import type { JsonSchema, Operation } from '../../http/operation.ts';

/** `:id` of a message: its NetworkMessageId, or the id of a file that was opened. */
export const id: JsonSchema = {
  type: 'string',
  minLength: 1,
  maxLength: 1024,
  description: 'NetworkMessageId, or the id of an opened file',
};

/** An operation about one message that answers JSON. */
export const jsonAnswer = (summary: string, description: string): Operation => ({
  summary,
  parameters: { id },
  answers: { 200: { description, type: 'application/json' } },
});

/** An operation about one message that answers something else. */
export const otherAnswer = (
  summary: string,
  answer: { readonly description: string; readonly type: string },
  parameters: Readonly<Record<string, JsonSchema>> = {},
): Operation => ({ summary, parameters: { id, ...parameters }, answers: { 200: answer } });
