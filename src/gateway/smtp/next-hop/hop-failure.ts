import { type Answer, answer } from '../answer.ts';

/** The next hop cannot be reached, is gone, or does not speak SMTP. Never seen by a person: its answer is the client's. */
export class HopFailure extends Error {
  override readonly name = 'HopFailure';
  readonly answer: Answer;

  constructor(enhanced: string, text: string, options?: ErrorOptions) {
    super(text, options);
    // What the next hop is and why it failed is the operator's affair, not the client's.
    this.answer = answer(451, enhanced, 'The next hop cannot be reached; come again');
  }
}
