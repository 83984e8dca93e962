import type { Coverage } from '../gaps/coverage.ts';
import type { EvidenceMeans } from '../means.ts';
import type { MessageFacts } from '../message-facts.ts';
import type { Involved } from './involved.ts';

/** A message, the people that are followed after it, and until when. */
export interface Followed {
  readonly message: MessageFacts;
  readonly people: readonly Involved[];
  /** Datetime ticks: the message, and the end of what is looked at. */
  readonly start: bigint;
  readonly end: bigint;
  readonly coverage: Coverage;
  readonly means: EvidenceMeans;
}

/** The person of a row, by address or object id. */
export const personOf = (people: readonly Involved[], account: string, objectId = ''): Involved | undefined =>
  people.find((one) => one.account === account.toLowerCase() || (objectId !== '' && one.objectId === objectId));

/** The names of people as queries need them. */
export const namesOf = (people: readonly Involved[]) => ({
  accounts: people.map(({ account }) => account),
  objectIds: people.map(({ objectId }) => objectId).filter(Boolean),
});
