import { junk, notices, subscriptions } from './bulk.ts';
import { bounces, discussions, forwarded } from './detours.ts';
import { internal } from './internal.ts';
import type { Kind } from './kind.ts';
import { fromPartners, toPartners } from './partners.ts';

/** Everyday mail, all kinds. Their shares add up to one. */
export const traffic: readonly Kind[] = [
  internal,
  fromPartners,
  toPartners,
  subscriptions,
  notices,
  junk,
  discussions,
  forwarded,
  bounces,
];
