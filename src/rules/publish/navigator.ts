import { attackVersion } from '../attack/enterprise.ts';
import type { Covered } from './coverage.ts';

/** Version 19 took what Sentinel and Defender call DefenseEvasion apart; a layer names the tactics of its ATT&CK version. */
const spelled = (tactic: string): string => tactic.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();

/**
 * A layer for the ATT&CK Navigator (layer format 4.5): a technique for each that is covered, scored by its rules, with their
 * names as comment. A technique that version 19 moved to another tactic is scored wherever the Navigator has it.
 *
 * @source https://github.com/mitre-attack/attack-navigator, layers/spec/v4.5/layerformat.md
 */
export function navigatorLayer(covered: readonly Covered[], name: string): string {
  const most = Math.max(1, ...covered.map(({ rules }) => rules.length));
  const layer = {
    name,
    versions: { attack: attackVersion.split('.')[0], navigator: '5.1.0', layer: '4.5' },
    domain: 'enterprise-attack',
    description: 'What the rules look for; the score is the number of rules.',
    sorting: 3,
    techniques: covered.map(({ technique, tactic, rules, proved }) => ({
      techniqueID: technique,
      ...(tactic === 'DefenseEvasion' ? {} : { tactic: spelled(tactic) }),
      score: rules.length,
      comment: rules.join('\n'),
      enabled: true,
      metadata: proved === undefined ? [] : [{ name: 'proved', value: `${proved} of ${rules.length}` }],
      links: [{ label: 'ATT&CK', url: `https://attack.mitre.org/techniques/${technique.replace('.', '/')}/` }],
      showSubtechniques: technique.includes('.'),
    })),
    gradient: { colors: ['#d6e8f7', '#1f6fb2'], minValue: 0, maxValue: most },
  };
  return `${JSON.stringify(layer, null, 2)}\n`;
}
