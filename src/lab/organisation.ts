import { randomFor } from './random.ts';

/** A sender or a recipient. */
export interface Mailbox {
  readonly address: string;
  readonly name: string;
  /** Entra object id; empty outside the organisation. */
  readonly objectId: string;
}

/** Somebody who works in the fictional organisation. */
export interface Employee extends Mailbox {
  readonly department: string;
}

/** The domains that the fictional organisation receives mail for. */
export const acceptedDomains = ['contoso.com', 'fabrikam.fr'] as const;

interface Office {
  readonly domain: (typeof acceptedDomains)[number];
  readonly given: readonly string[];
  readonly family: readonly string[];
  /** People in each department. */
  readonly departments: Readonly<Record<string, number>>;
}

const words = (text: string): string[] => text.split(' ');

const offices: readonly Office[] = [
  {
    domain: 'contoso.com',
    given: words(
      'Ada Ben Carla David Elena Felix Grace Hugo Ines James Karen Liam Mona Nils Olga Peter Quinn Rosa Sami Tara Uwe Vera Will Xenia Yusuf Zoe',
    ),
    family: words(
      'Abbot Baker Castle Dunn Ellis Frost Gray Hale Irving Jung Keller Lang Mercer North Olsen Price Reed Stone Thorne Upton Vance Webb York',
    ),
    departments: {
      Management: 4,
      Finance: 16,
      People: 8,
      Sales: 34,
      Engineering: 30,
      Logistics: 14,
      Support: 12,
      IT: 6,
    },
  },
  {
    domain: 'fabrikam.fr',
    given: words('Alice Bruno Chloé Denis Émile Fanny Gilles Hélène Ivan Jeanne Léa Marc Noémie Paul Rémi Sophie Théo'),
    family: words('Arnaud Blanc Caron Dupré Faure Girard Henry Leroy Masson Noël Picard Roche Simon Vidal'),
    departments: { Direction: 2, Finances: 6, Ventes: 14, Production: 18, Support: 6 },
  },
];

const plain = (name: string): string => name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** A mailbox of the organisation; its object id follows from its address. */
export function mailbox(address: string, name: string): Mailbox {
  return { address, name, objectId: randomFor('object', address).guid() };
}

function staffOf(office: Office): Employee[] {
  const departments = Object.entries(office.departments).flatMap(([name, size]) => Array<string>(size).fill(name));
  return departments.map((department, i) => {
    // The two lists have lengths without a common divisor, so that no pair of names comes twice.
    const given = office.given[i % office.given.length]!;
    const family = office.family[i % office.family.length]!;
    return { ...mailbox(`${plain(given)}.${plain(family)}@${office.domain}`, `${given} ${family}`), department };
  });
}

/** Everybody, about 170 people; the same whatever the seed, so that stories and documents can name them. */
export const staff: readonly Employee[] = offices.flatMap(staffOf);

/** The people of the departments that go by these names. */
export const peopleOf = (...departments: readonly string[]): Employee[] =>
  staff.filter((person) => departments.includes(person.department));

/** The people with a mailbox in one of the accepted domains. */
export const peopleAt = (domain: (typeof acceptedDomains)[number]): Employee[] =>
  staff.filter((person) => person.address.endsWith(`@${domain}`));

/** The person whom impersonators like best: the head of finance. */
export const headOfFinance: Employee = peopleOf('Finance')[0]!;
/** The first of Management. */
export const chief: Employee = peopleOf('Management')[0]!;
