import { fieldsNamed, type HeaderField, type RawMessage } from '../message/raw-message.ts';
import { HIGHEST_INSTANCE, instanceOf, type Reading, readSeal, readSealerResults, type Seal } from './arc-fields.ts';
import type { ArcSet } from './result.ts';

/** The three fields of one instance, the seal read (RFC 8617 section 4.2). */
export interface ChainLink {
  readonly instance: number;
  readonly results: HeaderField;
  readonly messageSignature: HeaderField;
  readonly seal: Seal;
}

/** The ARC sets of a message. */
export interface ArcChain {
  /** By rising instance; all that are whole, even where the chain is not. */
  readonly sets: readonly ArcSet[];
  /** The highest instance that any field has; 0 where none has one. */
  readonly highest: number;
  /** By rising instance from 1; empty where there is a problem. */
  readonly links: readonly ChainLink[];
  /** Why this is no chain; for a person. */
  readonly problem?: string;
}

/** The fields of a set in the order in which they are signed (RFC 8617 section 5.1.1). */
const names = ['arc-authentication-results', 'arc-message-signature', 'arc-seal'] as const;
const titles = {
  [names[0]]: 'ARC-Authentication-Results',
  [names[1]]: 'ARC-Message-Signature',
  [names[2]]: 'ARC-Seal',
};

const instanceIn = (field: HeaderField): number | undefined =>
  field.name === names[0] ? readSealerResults(field)?.instance : instanceOf(field);

/**
 * Collects the ARC sets of a message and looks at their form: steps 1 to 3 of RFC 8617 section 5.2. Undefined where the
 * message has no ARC field at all.
 */
export function arcChainOf(message: RawMessage): ArcChain | undefined {
  const kinds = names.map((name) => ({ title: titles[name], fields: fieldsNamed(message, name) }));
  if (kinds.every(({ fields }) => fields.length === 0)) return undefined;
  const tooMany = kinds.find(({ fields }) => fields.length > HIGHEST_INSTANCE);
  if (tooMany !== undefined) return broken(`more than ${HIGHEST_INSTANCE} fields ${tooMany.title}`);
  const found = kinds.map(({ title, fields }) => ({ title, fields, byInstance: byInstance(fields) }));
  const highest = Math.max(0, ...found.flatMap(({ byInstance }) => [...byInstance.keys()]));
  const links: ChainLink[] = [];
  const problems: string[] = found.flatMap(({ title, fields, byInstance }) => unnumbered(title, fields, byInstance));
  for (let instance = 1; instance <= highest; instance++) {
    const link = linkOf(found, instance);
    if ('problem' in link) problems.push(link.problem);
    else links.push(link);
  }
  const sets = links.map(arcSetOf);
  const problem =
    failedBefore(links, highest) ?? problems[0] ?? links.map(wrongStatus).find((text) => text !== undefined);
  return problem === undefined ? { sets, highest, links } : { sets, highest, links: [], problem };
}

const broken = (problem: string): ArcChain => ({ sets: [], highest: HIGHEST_INSTANCE, links: [], problem });

type Instances = ReadonlyMap<number, readonly HeaderField[]>;

function byInstance(fields: readonly HeaderField[]): Instances {
  const instances = new Map<number, HeaderField[]>();
  for (const field of fields) {
    const instance = instanceIn(field);
    if (instance === undefined) continue;
    instances.set(instance, [...(instances.get(instance) ?? []), field]);
  }
  return instances;
}

function unnumbered(title: string, fields: readonly HeaderField[], instances: Instances): string[] {
  const numbered = [...instances.values()].reduce((sum, alike) => sum + alike.length, 0);
  return numbered === fields.length ? [] : [`${title} without an instance from 1 to ${HIGHEST_INSTANCE}`];
}

function linkOf(
  kinds: readonly { readonly title: string; readonly byInstance: Instances }[],
  instance: number,
): Reading<ChainLink> {
  const fields: HeaderField[] = [];
  for (const { title, byInstance } of kinds) {
    const [field, ...more] = byInstance.get(instance) ?? [];
    if (field === undefined) return { problem: `${title} of instance ${instance} is missing` };
    if (more.length > 0) return { problem: `${title} of instance ${instance} is there ${more.length + 1} times` };
    fields.push(field);
  }
  const [results, messageSignature, sealField] = fields as [HeaderField, HeaderField, HeaderField];
  const seal = readSeal(sealField);
  if ('problem' in seal) return { problem: `ARC-Seal of instance ${instance}: ${seal.problem}` };
  return { instance, results, messageSignature, seal };
}

/** Step 2: the last sealer said that the chain is broken, and it stays so. */
function failedBefore(links: readonly ChainLink[], highest: number): string | undefined {
  const newest = links.at(-1);
  if (newest === undefined || newest.instance !== highest || newest.seal.cv !== 'fail') return undefined;
  return `the chain had failed before instance ${highest}, says ${newest.seal.domain}`;
}

/** Step 3: the first sealer found no chain, each later one a good one. */
function wrongStatus({ instance, seal }: ChainLink): string | undefined {
  const expected = instance === 1 ? 'none' : 'pass';
  return seal.cv === expected
    ? undefined
    : `ARC-Seal of instance ${instance}: cv=${seal.cv} where ${expected} must stand`;
}

const arcSetOf = ({ instance, seal, results }: ChainLink): ArcSet => ({
  instance,
  sealer: seal.domain,
  selector: seal.selector,
  cv: seal.cv,
  results: readSealerResults(results)!.results,
});
