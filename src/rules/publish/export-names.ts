import { posix } from 'node:path';
import type { Rule } from '../rule.ts';
import { grouped } from './grouped.ts';

/** Names that Windows keeps for devices. */
const devices = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

const slug = (text: string): string => {
  const plain = text
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 80)
    .replaceAll(/^-|-$/g, '');
  return plain === '' || devices.test(plain) ? `rule-${plain}`.replace(/-$/, '') : plain;
};

/**
 * A name for the file of each rule, without its ending: after the file that it comes from, or after its own name where that
 * file has several rules. Each once, in letters, digits and `-`, so that it can stand in any path and address.
 */
export function exportNames(rules: readonly Rule[]): ReadonlyMap<Rule, string> {
  const perFile = grouped(rules, ({ provenance }) => provenance.path);
  const taken = new Set<string>();
  const names = new Map<Rule, string>();
  for (const rule of rules) {
    const { path } = rule.provenance;
    const stem = posix.basename(path).replace(/\.\w{1,10}$/, '');
    const plain = slug(perFile.get(path)!.length === 1 ? stem : rule.name);
    let name = plain;
    for (let n = 2; taken.has(name); n++) name = `${plain}-${n}`;
    taken.add(name);
    names.set(rule, name);
  }
  return names;
}
