import { type Employee, staff } from '../organisation.ts';
import type { Random } from '../random.ts';
import type { Kind } from './kind.ts';

const subjects = {
  en: [
    'Minutes of the stand-up',
    'Numbers for the quarter',
    'Room change on Thursday',
    'Review of the draft',
    'Holiday plan',
    'Shift swap',
    'Open points from yesterday',
    'Lunch?',
    'Customer visit',
    'Access to the shared folder',
  ],
  fr: [
    'Compte rendu de la réunion',
    'Planning de la semaine',
    'Question sur la commande',
    'Congés',
    'Point production',
    'Déjeuner ?',
  ],
} as const;

const colleaguesOf = (person: Employee): readonly Employee[] =>
  staff.filter((other) => other.department === person.department);

const languageOf = (person: Employee): 'en' | 'fr' => (person.address.endsWith('.fr') ? 'fr' : 'en');

function recipients(from: Employee, random: Random): Employee[] {
  const pool = random.chance(0.7) ? colleaguesOf(from) : staff;
  return random.several(pool, random.pick([2, 2, 2, 3, 4, 6])).filter((person) => person !== from);
}

const reply = (subject: string, random: Random): string => (random.chance(0.4) ? `RE: ${subject}` : subject);

/** Colleagues to colleagues. Mail within the organisation is not authenticated: the column stays empty. */
export const internal: Kind = {
  name: 'internal',
  share: 0.34,
  write({ random, calendar }) {
    const from = random.pick(staff);
    const language = languageOf(from);
    return {
      at: calendar.moment('office', random),
      direction: 'Intra-org',
      from,
      mailFrom: from.address,
      ip: '2001:db8:365::1a',
      to: recipients(from, random),
      subject: reply(random.pick(subjects[language]), random),
      language,
      outcome: 'delivered',
      ...(random.chance(0.08) ? { urls: [`https://intranet.contoso.com/pages/${random.between(100, 990)}`] } : {}),
      ...(random.chance(0.12)
        ? { attachments: [{ name: 'notes.docx', mark: random.hex(64), size: random.between(4_000, 60_000) }] }
        : {}),
    };
  },
};
