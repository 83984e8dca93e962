import { wrongLint } from './lint-entry.ts';
import { readSpoofEntry } from './spoof-entry.ts';
import { wrongExternal, wrongWatchlists } from './surroundings-entries.ts';

/** What a setting may hold. */
export type SettingType = 'text' | 'number' | 'flag' | 'texts' | 'map';

/** One row of the table of settings. */
export interface Setting {
  readonly type: SettingType;
  readonly default: string | number | boolean | readonly string[] | Readonly<Record<string, unknown>>;
  /** One sentence for `docs/settings.md`. */
  readonly doc: string;
  /** What is wrong with a value of the right type, or undefined. */
  readonly check?: (value: never) => string | undefined;
}

const between = (low: number, high: number) => (value: number) =>
  Number.isInteger(value) && value >= low && value <= high ? undefined : `is a whole number from ${low} to ${high}`;

const size = (value: string): string | undefined =>
  /^\d+(?:\.\d+)?\s*[KMGT]i?B$/i.test(value) ? undefined : 'is a size such as 3GB';

function spoofEntries(texts: readonly string[]): string | undefined {
  const bad = texts.find((text) => readSpoofEntry(text) === undefined);
  if (bad === undefined) return undefined;
  return `holds entries such as shop.example via 192.0.2.0/24 until 2027-01-31; ${JSON.stringify(bad)} is none`;
}

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
    check: size,
  },
  spill: {
    type: 'text',
    default: '20GB',
    doc: 'How much of what does not fit into memory may stand on disk, in the folder tmp of the store.',
    check: size,
  },
  retention_days: {
    type: 'number',
    default: 0,
    doc: 'Rows older than this many days are removed when the server starts and once a day; 0 keeps everything.',
    check: between(0, 100_000),
  },
  keep_messages: {
    type: 'flag',
    default: true,
    doc: 'Whether raw mail that comes in is kept, so that messages can be looked at; their rows come in either way. See docs/keeping-mail.md.',
  },
  accepted_domains: {
    type: 'texts',
    default: [],
    doc: 'The domains that your organisation receives mail for; one below another is named, too (no `*.example.com`).',
    check: (value: readonly string[]) => {
      const bad = value.find((name) => !/^[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+$/u.test(name));
      return bad === undefined ? undefined : `holds domain names; ${JSON.stringify(bad)} is none`;
    },
  },
  trusted_receivers: {
    type: 'texts',
    default: [],
    doc: 'Receivers whose Authentication-Results and Received fields are believed: authserv-ids and host names such as mx.example.com; `microsoft` stands for Microsoft 365. Only those that remove fields which claim their own name (RFC 8601 section 5).',
  },
  trusted_relays: {
    type: 'texts',
    default: [],
    doc: 'Hosts, addresses and CIDR blocks whose Received fields are believed, but no Authentication-Results.',
  },
  trusted_sealers: {
    type: 'texts',
    default: [],
    doc: 'Domains whose ARC seals may override a DMARC failure (reason 130).',
  },
  spoof_allow: {
    type: 'texts',
    default: [],
    doc: 'Who may send in whose name though checks fail: `SENDER via INFRASTRUCTURE until DATE`, as in Microsoft’s Tenant Allow/Block List; see docs/composite-authentication.md.',
    check: spoofEntries,
  },
  spoof_block: {
    type: 'texts',
    default: [],
    doc: 'Who must not (reason 002), written in the same way.',
    check: spoofEntries,
  },
  dmarc: {
    type: 'text',
    default: 'rfc9989',
    doc: 'Which document decides DMARC: rfc9989 (tree walk) or rfc7489 (public suffix list). Where they differ, both verdicts are kept.',
    check: (value: string) => (/^rfc(?:9989|7489)$/.test(value) ? undefined : 'is rfc9989 or rfc7489'),
  },
  accept_rsa_sha1: {
    type: 'flag',
    default: false,
    doc: 'Whether DKIM signatures made with rsa-sha1 count (RFC 8301 says they must not).',
  },
  dns_servers: {
    type: 'texts',
    default: [],
    doc: 'Name servers to ask, as addresses with an optional port (127.0.0.1:5353); empty for those of the system.',
  },
  header_form: {
    type: 'flag',
    default: true,
    doc: 'Whether AuthenticationDetails of mail that came in raw holds its words in the form of the header too, which published hunts look for.',
  },
  aliases: {
    type: 'texts',
    default: [],
    doc: 'Names of databases, clusters and workspaces that queries say (`workspace("contoso")`) and that this store stands for.',
  },
  watchlists: {
    type: 'map',
    default: {},
    doc: 'For aliases of `_GetWatchlist`: their `search_key` column, and their `file` (CSV, or STIX as .json) or `values`; see docs/surroundings.md.',
    check: wrongWatchlists,
  },
  geo_database: {
    type: 'text',
    default: '',
    doc: 'A MaxMind database (GeoLite2-City.mmdb) for `geo_info_from_ip_address()`.',
  },
  externaldata: {
    type: 'map',
    default: {},
    doc: 'What `externaldata` may read: `allow`, `files`, `timeout` (30s), `size` (64MB); nothing without it. See docs/surroundings.md.',
    check: wrongExternal,
  },
  lint: {
    type: 'map',
    default: {},
    doc: 'For `mailhunt rules lint`: `target`, `severities` by lint id (`off`, `note`, `warning`, `error`), and `ignore`, a list of `rule`, `lint` and `reason`. See docs/lints/README.md.',
    check: wrongLint,
  },
  investigation_weights: {
    type: 'map',
    default: {},
    doc: 'For `mailhunt investigate`: rows of its table of weights that are otherwise here, `{ first-contact: { impersonation: 0.2 } }`; see docs/investigate.md.',
  },
  gate_folder: {
    type: 'text',
    default: '',
    doc: 'The folder of the gate, where the server and `mailhunt quarantine` reach it; relative to the store’s folder, and `gate` in it where this is empty. See docs/gateway-quarantine.md.',
  },
  demo: { type: 'flag', default: false, doc: 'The server fills an empty store with the demo tenant.' },
} as const satisfies Record<string, Setting>;

type Held<T extends SettingType> = T extends 'text'
  ? string
  : T extends 'number'
    ? number
    : T extends 'flag'
      ? boolean
      : T extends 'map'
        ? Readonly<Record<string, unknown>>
        : readonly string[];

/** The settings of one run. */
export type Settings = { readonly [N in keyof typeof settingTable]: Held<(typeof settingTable)[N]['type']> };

/** Every setting at its default. */
export const defaultSettings = Object.fromEntries(
  Object.entries(settingTable).map(([name, setting]) => [name, setting.default]),
) as unknown as Settings;
