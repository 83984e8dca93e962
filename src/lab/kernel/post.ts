import type { Transaction } from '../../mail/index.ts';
import { randomFor } from '../random.ts';
import { bytesOfDraft, compose } from './compose.ts';
import type { Internet } from './internet.ts';
import { received, travel } from './journey.ts';
import type { Letter } from './letter.ts';

/** Where and when a letter arrives. */
export interface Arrival {
  readonly internet: Internet;
  /** What its ids are made from; two letters under one name get the same. */
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The host of the receiver. @default 'mx.receiver.example' */
  readonly receiver?: string;
}

/** A letter as its receiver has it. */
export interface PostedLetter {
  /** A real message: header with the receiver's own Received line on top, body; lines end in CRLF. */
  readonly bytes: Buffer;
  readonly transaction: Transaction;
}

/** Milliseconds between the author's Date and the arrival, where the letter does not say. */
const DELAY = 60_000;

/**
 * Writes a letter, sends it through all that happens to it on its way and hands it to the receiver. The same letter,
 * internet, name and time give the same bytes.
 *
 * @example
 * const internet = internetOf([bank], { seed: 1 });
 * const { bytes, transaction } = await post(letter, { internet, name: 'invoice/1', at: now });
 */
export async function post(letter: Letter, arrival: Arrival): Promise<PostedLetter> {
  const { internet, name, at, receiver = 'mx.receiver.example' } = arrival;
  const random = randomFor(internet.keys.seed, 'letter', name);
  const draft = compose(letter, random, at - DELAY);
  const travelled = await travel(draft, letter.journey ?? [], { internet, random, at });
  const recipients = letter.recipients ?? letter.to;
  const recipient = recipients.length === 1 ? recipients[0] : undefined;
  const { handOver } = letter;
  const taken = await received(travelled, { by: receiver, recipient, handOver }, { internet, random, at });
  const fields = [`Return-Path: <${handOver.mailFrom}>`, ...taken.fields];
  return {
    bytes: bytesOfDraft({ ...taken, fields }),
    transaction: { ...handOver, recipients, known: 'given', receivedAt: at },
  };
}
