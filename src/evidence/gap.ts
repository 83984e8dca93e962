/** Something that could not be looked at. */
export interface Gap {
  /** Which part of the evidence is thinner for it: `clicks`, `history`, … */
  readonly about: string;
  /** The table, file or setting that is empty or missing. */
  readonly lacks: string;
  /** One sentence: what is not known, and what to do to know it. */
  readonly words: string;
}
