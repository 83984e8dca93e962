/** `mailhunt.yaml`: what can be set, and how it is read. */
export { readSettings } from './read.ts';
export { defaultSettings, type Setting, type Settings, settingTable } from './settings.ts';
export { readSpoofEntry, type SpoofSetting } from './spoof-entry.ts';
export type { WatchlistSetting } from './surroundings-entries.ts';
