import { fieldNamed, type RawMessage, unfolded } from '../../mail/index.ts';
import type { Delivery } from './judged-message.ts';

type Placed = Pick<Delivery, 'action' | 'location'>;

const inbox: Placed = { action: 'Delivered', location: 'Inbox/folder' };
const junk: Placed = { action: 'Junked', location: 'Junk folder' };

/** Where Exchange's mailbox delivery put a message: `dest:` of X-Microsoft-Antispam-Mailbox-Delivery. */
const destinations: Readonly<Record<string, Placed>> = {
  I: inbox,
  J: junk,
  C: inbox,
  D: { action: 'Delivered', location: 'Deleted items' },
};

/** Folders that mail programs and servers keep junk and deleted mail in, in a path of a Maildir, an mbox or an archive. */
const folders: readonly (readonly [RegExp, Placed])[] = [
  [/(?:^|[\\/.])(?:junk|spam|bulk mail|junk e-?mail|junk-e-?mail|\[gmail\][./]spam)(?=$|[\\/.#])/i, junk],
  [
    /(?:^|[\\/.])(?:trash|deleted(?: items| messages)?)(?=$|[\\/.#])/i,
    { action: 'Delivered', location: 'Deleted items' },
  ],
  [/(?:^|[\\/.])quarantine(?=$|[\\/.#])/i, { action: 'Blocked', location: 'Quarantine' }],
];

const phish = (...technologies: readonly string[]) => ({
  threats: 'Phish',
  methods: JSON.stringify({ Phish: technologies }),
});
const spam = (...technologies: readonly string[]) => ({
  threats: 'Spam',
  methods: JSON.stringify({ Spam: technologies }),
});

/** Category of protection policy in X-Forefront-Antispam-Report, https://learn.microsoft.com/defender-office-365/message-headers-eop-mdo */
const categories: Readonly<Record<string, Partial<Delivery>>> = {
  AMP: { threats: 'Malware', methods: JSON.stringify({ Malware: ['Antimalware protection'] }) },
  MALW: { threats: 'Malware', methods: JSON.stringify({ Malware: ['Antimalware protection'] }) },
  BIMP: phish('Impersonation brand'),
  DIMP: phish('Impersonation domain'),
  UIMP: phish('Impersonation user'),
  GIMP: phish('Mailbox intelligence impersonation'),
  HPHSH: { ...phish('Advanced filter'), confidence: JSON.stringify({ Phish: 'High' }) },
  HPHISH: { ...phish('Advanced filter'), confidence: JSON.stringify({ Phish: 'High' }) },
  PHSH: { ...phish('Advanced filter'), confidence: JSON.stringify({ Phish: 'Normal' }) },
  SPOOF: phish('Spoof external domain'),
  INTOS: phish('Spoof intra-org'),
  BULK: spam('Bulk'),
  HSPM: { ...spam('Advanced filter'), confidence: JSON.stringify({ Spam: '9' }) },
  SPM: { ...spam('Advanced filter'), confidence: JSON.stringify({ Spam: '5' }) },
  OSPM: spam('Advanced filter'),
};

/** The pairs of one of Microsoft's antispam fields: `CIP:203.0.113.7;CTRY:US;SCL:5;…`. */
function pairsOf(message: RawMessage, name: string): ReadonlyMap<string, string> {
  const value = unfolded(fieldNamed(message, name)?.value ?? '');
  return new Map(
    value
      .split(';', 200)
      .map((pair) => pair.trim().split(':', 2) as [string, string?])
      .map(([key, text = '']) => [key.toLowerCase(), text]),
  );
}

/** What Microsoft 365 wrote about a message that it took in. A report of a sender's own tenant (DIR:OUT) is none. */
function byMicrosoft(message: RawMessage): {
  placed?: Placed | undefined;
  about: Partial<Delivery>;
  direction?: string;
} {
  const report = pairsOf(message, 'x-forefront-antispam-report');
  const direction = report.get('dir');
  const own = direction === 'INB' || direction === 'INT';
  const level = pairsOf(message, 'x-microsoft-antispam').get('bcl');
  const destination = pairsOf(message, 'x-microsoft-antispam-mailbox-delivery').get('dest');
  return {
    placed: destinations[destination ?? ''],
    about: {
      ...(own ? categories[report.get('cat') ?? ''] : {}),
      ...(own && level !== undefined && /^\d$/.test(level) ? { bulkLevel: Number(level) } : {}),
    },
    ...(direction === undefined ? {} : { direction }),
  };
}

/**
 * What became of a message at delivery. Microsoft's own fields say it where Microsoft is trusted, else the folder that it
 * was found in; where nothing does, it was delivered to the inbox and is marked as derived.
 *
 * @param place where it was found, `Maildir/.Junk/cur/1721311736.M1`
 */
export function deliveryOf(message: RawMessage, place: string, trustsMicrosoft: boolean): Delivery {
  const { placed, about } = trustsMicrosoft ? byMicrosoft(message) : { placed: undefined, about: {} };
  const found = placed ?? folders.find(([pattern]) => pattern.test(place))?.[1];
  return { ...(found ?? inbox), known: found === undefined ? 'derived' : 'source', ...about };
}

/** The direction that Microsoft noted at the border: INB, OUT or INT. */
export const directionByMicrosoft = (message: RawMessage): string | undefined => byMicrosoft(message).direction;
