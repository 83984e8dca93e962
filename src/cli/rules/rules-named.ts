import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { MailhuntError } from '../../errors/index.ts';
import type { Rule, RulesRead } from '../../rules/index.ts';

/** The rules that a person means, and the reading that they come from. */
export interface NamedRules {
  readonly rules: readonly Rule[];
  readonly read: RulesRead;
}

/**
 * Rules by path, or by their name or that of their file in the pack: whole, else as part of it, in whatever case. All of the
 * pack where nothing is wanted in particular.
 *
 * @example (await rulesNamed(['reply-to'], packFolder(), readRules)).rules[0].name
 */
export async function rulesNamed(
  wanted: readonly string[],
  pack: string,
  read: (paths: readonly string[]) => Promise<RulesRead>,
): Promise<NamedRules> {
  if (wanted.length === 0) {
    const all = await read([pack]);
    return { rules: all.rules, read: all };
  }
  const names = wanted.filter((one) => !existsSync(one));
  const given = await read(wanted.filter((one) => existsSync(one)));
  if (names.length === 0) return { rules: given.rules, read: given };
  const packed = await read([pack]);
  const found = names.map((name) => called(name.toLowerCase(), packed.rules));
  const strange = names.filter((_, i) => found[i]!.length === 0).map(unknown);
  const problems = [...given.problems, ...packed.problems, ...strange];
  return { rules: [...new Set([...given.rules, ...found.flat()])], read: { ...given, problems } };
}

const unknown = (name: string): MailhuntError =>
  new MailhuntError('RULE0001', {
    file: name,
    text: 'there is no such file, and no rule of mailhunt’s own is called so',
  });

function called(name: string, rules: readonly Rule[]): readonly Rule[] {
  const namesOf = (rule: Rule): string[] => [
    rule.name.toLowerCase(),
    basename(rule.provenance.path)
      .replace(/\.\w+$/, '')
      .toLowerCase(),
  ];
  const exact = rules.filter((rule) => namesOf(rule).includes(name));
  return exact.length > 0 ? exact : rules.filter((rule) => namesOf(rule).some((one) => one.includes(name)));
}
