/** What a setting may hold. */
export type SettingType = 'text' | 'number' | 'flag' | 'texts';

/** One row of the table of settings. */
export interface Setting {
  readonly type: SettingType;
  readonly default: string | number | boolean | readonly string[];
  /** One sentence for `docs/settings.md`. */
  readonly doc: string;
  /** What is wrong with a value of the right type, or undefined. */
  readonly check?: (value: never) => string | undefined;
}

const between = (low: number, high: number) => (value: number) =>
  Number.isInteger(value) && value >= low && value <= high ? undefined : `is a whole number from ${low} to ${high}`;

/** Everything that `mailhunt.yaml` can say, by name. */
export const settingTable = {
  port: {
    type: 'number',
    default: 8719,
    doc: 'The port that the server listens on; 0 takes any free one.',
    check: between(0, 65_535),
  },
  host: {
    type: 'text',
    default: '127.0.0.1',
    doc: 'The address that the server listens on. Another than loopback lets the network in.',
  },
  memory: {
    type: 'text',
    default: '3GB',
    doc: 'How much memory the database may use before it spills to disk.',
    check: (value: string) => (/^\d+(?:\.\d+)?\s*[KMGT]i?B$/i.test(value) ? undefined : 'is a size such as 3GB'),
  },
  retention_days: {
    type: 'number',
    default: 0,
    doc: 'Rows older than this many days are removed when the server starts and once a day; 0 keeps everything.',
    check: between(0, 100_000),
  },
  accepted_domains: {
    type: 'texts',
    default: [],
    doc: 'The domains that your organisation receives mail for.',
    check: (value: readonly string[]) => {
      const bad = value.find((name) => !/^[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+$/u.test(name));
      return bad === undefined ? undefined : `holds domain names; ${JSON.stringify(bad)} is none`;
    },
  },
  demo: { type: 'flag', default: false, doc: 'The server fills an empty store with the demo tenant.' },
} as const satisfies Record<string, Setting>;

type Held<T extends SettingType> = T extends 'text'
  ? string
  : T extends 'number'
    ? number
    : T extends 'flag'
      ? boolean
      : readonly string[];

/** The settings of one run. */
export type Settings = { readonly [N in keyof typeof settingTable]: Held<(typeof settingTable)[N]['type']> };

/** Every setting at its default. */
export const defaultSettings = Object.fromEntries(
  Object.entries(settingTable).map(([name, setting]) => [name, setting.default]),
) as unknown as Settings;
