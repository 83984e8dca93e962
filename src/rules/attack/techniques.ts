import { enterprise, tacticCodes, withdrawn } from './enterprise.ts';

/** A tactic by its word in rules: `InitialAccess`. */
export type Tactic = (typeof tacticCodes)[keyof typeof tacticCodes];

/** A technique or sub-technique of Enterprise ATT&CK. */
export interface Technique {
  /** `T1566`, `T1566.002`. */
  readonly id: string;
  readonly name: string;
  readonly tactics: readonly Tactic[];
  /** The id that took this one's place. */
  readonly successor?: string;
}

/** The tactics of Enterprise ATT&CK in the words of Sentinel and Defender. */
export const tactics: readonly Tactic[] = Object.values(tacticCodes);

const tacticsOf = (codes: string): Tactic[] =>
  codes.split(',').map((code) => tacticCodes[code as keyof typeof tacticCodes]);

const linesOf = (text: string): string[] => text.trim().split('\n');

let known: ReadonlyMap<string, Technique> | undefined;

function allTechniques(): ReadonlyMap<string, Technique> {
  const current = linesOf(enterprise).map((line): Technique => {
    const [id = '', codes = '', ...name] = line.split(' ');
    return { id, name: name.join(' '), tactics: tacticsOf(codes) };
  });
  const old = linesOf(withdrawn).map((line): Technique => {
    const [id = '', successor = '', codes = '', ...name] = line.split(' ');
    return { id, name: name.join(' '), tactics: tacticsOf(codes), successor };
  });
  return new Map([...old, ...current].map((technique) => [technique.id, technique]));
}

/**
 * A technique of Enterprise ATT&CK by its id; one that was withdrawn says its successor.
 *
 * @example techniqueOf('T1566.002')?.name // 'Spearphishing Link'
 */
export function techniqueOf(id: string): Technique | undefined {
  known ??= allTechniques();
  return known.get(id);
}
