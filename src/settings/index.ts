/** `mailhunt.yaml`: what can be set, and how it is read. */
export { gateFolder } from './gate-folder.ts';
export { type IgnoredRule, type LintSetting, readLintSetting } from './lint-entry.ts';
export { readSettings } from './read.ts';
export { defaultSettings, type Setting, type Settings, settingTable } from './settings.ts';
export { readSpoofEntry, type SpoofSetting } from './spoof-entry.ts';
export type { ListValue, WatchlistSetting } from './surroundings-entries.ts';
