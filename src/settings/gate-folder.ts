import { resolve } from 'node:path';
import type { Settings } from './settings.ts';

/**
 * The folder of a store's gate, as far as `mailhunt.yaml` tells.
 *
 * @param store the store's folder
 * @example gateFolder('/var/lib/mailhunt', defaultSettings) // '/var/lib/mailhunt/gate'
 */
export const gateFolder = (store: string, { gate_folder: said }: Pick<Settings, 'gate_folder'>): string =>
  resolve(store, said === '' ? 'gate' : said);
