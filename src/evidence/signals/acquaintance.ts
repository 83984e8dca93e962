import type { Likeness } from './look-alike.ts';

/**
 * What the store knows of those around a message beyond its sender's own history: who hands mail over for others, whose
 * name it bears, whose domain it looks like, and what the receiver did with it by rules of its own. Plain JSON data.
 */
export interface Acquaintance {
  /** Who handed the message over where that is not the author's own. Undefined where nothing names him. */
  readonly carrier: Carrier | undefined;
  /** Other addresses that bore the same display name before. */
  readonly namesakes: readonly Namesake[];
  /** Domains that the house has had passing mail from, and that the author's domain looks like. */
  readonly alikes: readonly Alike[];
  /** Domains of the message's URLs, and in how many earlier messages they stood. */
  readonly urlDomains: readonly { readonly domain: string; readonly messages: number }[];
  /** Other deliveries under the same Message-ID and author. */
  readonly copies: number;
  readonly handling: Handling | undefined;
  /** Earlier messages that the author's address sent from inside; looked up for an own address on mail that came in. */
  readonly fromInside?: number;
}

/** A host, by its address or its confirmed name, or the domain that it proved to speak for, which hands over mail of others. */
export interface Carrier {
  readonly ip: string;
  /** Domains that passed SPF or DKIM on this message and are not the author's. */
  readonly domains: readonly string[];
  /** Earlier messages that it carried for other authors, and of how many domains. */
  readonly messages: number;
  readonly authorDomains: number;
  /** How many of these passed DMARC or composite authentication. */
  readonly passed: number;
  /** Earlier messages of this very author that it carried, and how many of these passed DMARC. */
  readonly ofAuthor: number;
  readonly ofAuthorPassed: number;
  /** When it was first seen, for anybody, and first for the author. */
  readonly first: string | undefined;
  readonly firstOfAuthor: string | undefined;
}

export interface Namesake {
  readonly address: string;
  readonly messages: number;
  readonly passed: number;
}

export interface Alike {
  readonly domain: string;
  readonly likeness: Likeness;
  readonly messages: number;
}

/** What the receiver's own rules did; the sender has no hand in it. */
export interface Handling {
  readonly connector: string;
  /** Earlier messages of other organizations that came by the same connector. */
  readonly connectorForOthers: number;
  /** Earlier messages by the same connector from the network of this client, and from other networks. */
  readonly connectorFromHere?: number;
  readonly connectorFromElsewhere?: number;
  readonly transportRule: string;
  readonly orgAction: string;
  readonly orgPolicy: string;
  readonly distributionList: string;
  readonly bulkLevel: number | undefined;
}

/** Nothing is known of anybody. */
export const noAcquaintance: Acquaintance = {
  carrier: undefined,
  namesakes: [],
  alikes: [],
  urlDomains: [],
  copies: 0,
  handling: undefined,
};
