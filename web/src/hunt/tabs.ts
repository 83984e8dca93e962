import { anyTime, readTimeRange, type TimeRange } from './time-range.ts';

/** One query tab. */
export interface Tab {
  readonly id: string;
  readonly name: string;
  readonly text: string;
  /** UTF-16 units from the start. */
  readonly cursor: number;
  readonly range: TimeRange;
  /** Values for `declare query_parameters`, by name. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The saved query that it was opened from. */
  readonly saved?: string;
}

/** All tabs, and which one is in front. There is always one. */
export interface Tabs {
  readonly all: readonly Tab[];
  readonly active: string;
}

/** More tabs are not opened, longer texts not kept over a reload: the browser's memory ends somewhere. */
export const MOST_TABS = 40;
export const LONGEST_KEPT = 500_000;

const MOST_PARAMETERS = 100;

/** What a new visitor sees. */
export const firstTabs = (): Tabs => {
  const tab = tabOf({ id: '1', name: 'Query 1', text: welcome });
  return { all: [tab], active: tab.id };
};

const welcome = `// Shift+Enter runs the query that the cursor is in; empty lines part queries.
EmailEvents
| where Timestamp > ago(30d)
| where AuthenticationDetails has "dmarc=fail"
| project Timestamp, SenderFromAddress, RecipientEmailAddress, Subject, DeliveryAction, NetworkMessageId
| order by Timestamp desc

EmailEvents
| where Timestamp > ago(30d)
| summarize Messages = count() by bin(Timestamp, 1d), DeliveryAction
| render columnchart
`;

const tabOf = ({ id, name, text }: Pick<Tab, 'id' | 'name' | 'text'>): Tab => ({
  id,
  name,
  text,
  cursor: 0,
  range: anyTime,
  parameters: {},
});

/** The tab in front. */
export const activeTab = ({ all, active }: Tabs): Tab => all.find(({ id }) => id === active) ?? (all[0] as Tab);

/** A new tab in front; the same tabs where there are as many as there may be. */
export function openTab(tabs: Tabs, given: Partial<Omit<Tab, 'id'>> = {}): Tabs {
  if (tabs.all.length >= MOST_TABS) return tabs;
  const id = String(1 + Math.max(0, ...tabs.all.map((tab) => Number(tab.id) || 0)));
  const text = plainBreaks(given.text ?? '');
  const name = given.name || freeName(tabs);
  const tab = { ...tabOf({ id, name, text }), ...given, name, text };
  return { all: [...tabs.all, tab], active: id };
}

/** Places are counted in texts with one sign a line break. */
const plainBreaks = (text: string): string => text.replace(/\r\n?/g, '\n');

/** `Query 3`, the first number that no tab has. */
function freeName({ all }: Tabs): string {
  const taken = new Set(all.map(({ name }) => name));
  for (let number = 1; ; number++) if (!taken.has(`Query ${number}`)) return `Query ${number}`;
}

/** Without a tab; its right neighbour comes to the front, and an empty one where it was the last. */
export function closeTab(tabs: Tabs, id: string): Tabs {
  const at = tabs.all.findIndex((tab) => tab.id === id);
  if (at < 0) return tabs;
  const all = tabs.all.filter((tab) => tab.id !== id);
  if (all.length === 0) return openTab({ all: [], active: '' });
  const next = all[Math.min(at, all.length - 1)] as Tab;
  return { all, active: tabs.active === id ? next.id : tabs.active };
}

/** With another content of one tab. */
export const changeTab = (tabs: Tabs, id: string, change: Partial<Omit<Tab, 'id'>>): Tabs => ({
  ...tabs,
  all: tabs.all.map((tab) => (tab.id === id ? { ...tab, ...change } : tab)),
});

/** What is kept over a reload. Of a text that is too long its beginning would be another query: it is not kept. */
export const keptTabs = ({ all, active }: Tabs): unknown => ({
  active,
  all: all.map((tab) => (tab.text.length > LONGEST_KEPT ? { ...tab, text: '', cursor: 0 } : tab)),
});

/** The tabs that were kept; undefined for anything else. */
export function readTabs(kept: unknown): Tabs | undefined {
  if (!isRecord(kept) || !Array.isArray(kept.all)) return undefined;
  const all = kept.all.slice(0, MOST_TABS).flatMap(readTab);
  const unique = all.filter((tab, at) => all.findIndex(({ id }) => id === tab.id) === at);
  const [first] = unique;
  if (!first) return undefined;
  return { all: unique, active: unique.some(({ id }) => id === kept.active) ? String(kept.active) : first.id };
}

function readTab(kept: unknown): Tab[] {
  if (!isRecord(kept)) return [];
  const { id, name, text, cursor, range, parameters, saved } = kept;
  if (typeof id !== 'string' || typeof name !== 'string' || typeof text !== 'string') return [];
  if (text.length > LONGEST_KEPT) return [];
  return [
    {
      id,
      name: name.slice(0, 120),
      text: plainBreaks(text),
      cursor: typeof cursor === 'number' && cursor >= 0 && cursor <= text.length ? Math.trunc(cursor) : 0,
      range: readTimeRange(range) ?? anyTime,
      parameters: readParameters(parameters),
      ...(typeof saved === 'string' && { saved }),
    },
  ];
}

const readParameters = (kept: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(isRecord(kept) ? kept : {})
      .filter((entry): entry is [string, string] => typeof entry[1] === 'string')
      .slice(0, MOST_PARAMETERS),
  );

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
