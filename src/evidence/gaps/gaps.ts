import { DAY, msOfIso } from '../ask/moment.ts';
import type { Gap } from '../gap.ts';
import type { MessageFacts } from '../message-facts.ts';
import type { Coverage, EvidenceTable } from './coverage.ts';

/** What the gaps follow from. */
export interface Known {
  readonly message: MessageFacts;
  readonly coverage: Coverage;
  /** False for a message that was given, and whose rows the store has not. */
  readonly isStored: boolean;
}

/** Tables of which one at least has to reach into the time after the message. */
interface Need {
  readonly about: string;
  readonly tables: readonly [EvidenceTable, ...EvidenceTable[]];
  /** What is not known without, and what fills it. */
  readonly words: string;
}

const needs: readonly Need[] = [
  {
    about: 'clicks',
    tables: ['UrlClickEvents'],
    words: 'Who clicked is not known. Export UrlClickEvents from advanced hunting and take it in with mailhunt ingest.',
  },
  {
    about: 'post-delivery',
    tables: ['EmailPostDeliveryEvents'],
    words: 'Whether the message was taken away later is not known. Take in an export of EmailPostDeliveryEvents.',
  },
  {
    about: 'alerts',
    tables: ['AlertEvidence'],
    words: 'Whether an alert followed is not known. Take in exports of AlertEvidence and AlertInfo.',
  },
  {
    about: 'sign-ins',
    tables: ['EntraIdSignInEvents', 'SigninLogs', 'IdentityLogonEvents'],
    words:
      'What happened to the accounts is not known. Take in an export of EntraIdSignInEvents, SigninLogs or IdentityLogonEvents.',
  },
  {
    about: 'mailbox',
    tables: ['CloudAppEvents', 'OfficeActivity'],
    words:
      'Whether inbox rules or forwarding were set up is not known. Take in an export of CloudAppEvents or OfficeActivity.',
  },
  {
    about: 'devices',
    tables: ['DeviceProcessEvents', 'DeviceNetworkEvents', 'DeviceFileEvents'],
    words:
      'What happened on the devices is not known. Take in exports of DeviceProcessEvents, DeviceNetworkEvents and DeviceFileEvents.',
  },
];

/** Less history than this says little about who is new. */
const YOUNG = 14 * DAY;

/** What could not be looked at for a message, and what would fill it; every part of the evidence that is thin for want of rows. */
export function gapsOf(known: Known): readonly Gap[] {
  const asked = needs.filter(({ about }) => about !== 'clicks' || known.message.urls.length > 0);
  return [...asked.flatMap((need) => gapOfNeed(need, known) ?? []), ...ofMessage(known), ...ofStore(known)];
}

function gapOfNeed({ about, tables, words }: Need, { message, coverage }: Known): Gap | undefined {
  const [first, ...others] = tables;
  const lasts = tables.flatMap((table) => coverage.of(table).last ?? []);
  if (lasts.length === 0) {
    const also = others.length > 0 ? ` (and ${others.join(', ')})` : '';
    return {
      about,
      lacks: tables.join(', '),
      words: `${first}${also} ${others.length > 0 ? 'have' : 'has'} no rows. ${words}`,
    };
  }
  const last = lasts.sort().at(-1)!;
  if (last >= message.at) return undefined;
  return {
    about,
    lacks: tables.join(', '),
    words: `${tables.join(', ')}: nothing after ${shown(last)}, and so nothing from after the message. ${words}`,
  };
}

function ofMessage({ message, isStored }: Known): readonly Gap[] {
  const gaps: Gap[] = [];
  if (message.headers === undefined) {
    gaps.push({
      about: 'headers',
      lacks: 'EmailHeaders',
      words:
        'Reply-To, hops, list headers and the body’s shape are not known: the message came in an export. mailhunt ingest of the raw message (.eml) fills EmailHeaders.',
    });
  }
  if (message.checks.length === 0) {
    gaps.push({
      about: 'authentication',
      lacks: 'EmailAuthentication',
      words:
        'Which domain signed, what aligned and which record decided are not known, only the result words are. mailhunt ingest of the raw message (.eml) checks it anew.',
    });
  }
  if (!message.isKept) {
    gaps.push({
      about: 'language',
      lacks: 'the message itself',
      words:
        'Its text could not be read, only its subject and the sender’s name. mailhunt ingest --keep keeps messages, and mailhunt investigate takes an .eml file.',
    });
  }
  if (!isStored) {
    gaps.push({
      about: 'delivery',
      lacks: 'EmailEvents',
      words:
        'The store has no row of this message: to whom else it came and what became of it is taken from the file alone.',
    });
  }
  return gaps;
}

function ofStore({ message, coverage }: Known): readonly Gap[] {
  const gaps: Gap[] = [];
  const { first, rows } = coverage.of('EmailEvents');
  const [since, at] = [msOfIso(first), msOfIso(message.at)];
  if (rows === 0 || since === undefined || (at !== undefined && at - since < YOUNG)) {
    const from = first === undefined ? 'The store has no mail' : `The store begins on ${shown(first)}`;
    gaps.push({
      about: 'history',
      lacks: 'EmailEvents',
      words: `${from}: that a sender was not seen before says little. Take in older mail.`,
    });
  }
  if (coverage.sent === 0) {
    gaps.push({
      about: 'replies',
      lacks: 'EmailEvents of outgoing mail',
      words:
        'No outgoing mail is in the store: whether anybody answered, forwarded, or wrote to the sender before is not known. Take in sent mail, and set accepted_domains in mailhunt.yaml.',
    });
  }
  return gaps;
}

/** `2026-10-22 23:30 UTC` */
const shown = (iso: string | undefined): string => `${iso?.slice(0, 16).replace('T', ' ')} UTC`;
