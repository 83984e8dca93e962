/** What reading may cost; past a limit a file is refused by name and the others go on. */
export interface ReadLimits {
  /** Bytes of one file. */
  readonly fileBytes: number;
  /** Characters (UTF-16 units) of one query. */
  readonly queryLength: number;
  /** How deep maps and lists may stand in each other. */
  readonly depth: number;
  /** Maps, lists and values of one file, aliases written out. */
  readonly parts: number;
  /** Signs, names and texts of one YAML file: its parser takes long for many. */
  readonly yamlTokens: number;
  /** Rules of one file. */
  readonly rulesOfFile: number;
  /** Files of all folders together. */
  readonly files: number;
}

export const defaultLimits: ReadLimits = {
  fileBytes: 4 * 1024 * 1024,
  queryLength: 256 * 1024,
  depth: 64,
  parts: 200_000,
  yamlTokens: 50_000,
  rulesOfFile: 5_000,
  files: 100_000,
};
