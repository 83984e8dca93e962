import { isGuid } from '../../guid.ts';
import type { Finding, Lint } from '../lint.ts';
import { isAnalyticsRule, quoted, sentinelLint, sentinelTests, styleGuide } from './document.ts';

const idForm = sentinelLint(
  {
    id: 'MH402',
    name: 'id-not-a-guid',
    severity: 'error',
    summary: 'The rule has no id, or one that is no GUID.',
    why: 'Sentinel keeps a rule under its id: without one that stays the same, each deployment makes another rule and the alerts of the old one have no parent. Make one with `uuidgen` and never change it.',
    source: sentinelTests,
    examples: [
      {
        wrong: 'name: Mail with a failed DMARC\nid: dmarc-1\nquery: |\n  EmailEvents\n  | take 10\n',
        right:
          'name: Mail with a failed DMARC\nid: 0a7f8f6e-8d0e-4c55-9a3b-1d5a0b3c9e21\nquery: |\n  EmailEvents\n  | take 10\n',
      },
      {
        wrong: 'name: Mail with a failed DMARC\nquery: |\n  EmailEvents\n  | take 10\n',
        right:
          'name: Mail with a failed DMARC\nid: 0A7F8F6E-8D0E-4C55-9A3B-1D5A0B3C9E21\nquery: |\n  EmailEvents\n  | take 10\n',
      },
    ],
  },
  function* ({ id }): Iterable<Finding> {
    if (id === undefined || id === null) yield { field: ['name'], message: 'The rule has no id: give it a new GUID.' };
    else if (typeof id !== 'string' || !isGuid(id.trim()))
      yield { field: ['id'], message: `The id ${quoted(id)} is no GUID.` };
  },
);

const ids = { wrong: '0a7f8f6e-8d0e-4c55-9a3b-1d5a0b3c9e21', other: '5be0ab0d-6f1c-4a0e-8f86-2f1a7c1d4c55' };
const file = (name: string, id: string) => `name: ${name}\nid: ${id}\nquery: |\n  EmailEvents\n  | take 10\n`;

const duplicateId: Lint = {
  id: 'MH403',
  name: 'duplicate-id',
  group: 'file',
  severity: 'error',
  summary: 'Two rules have the same id.',
  why: 'The one that is deployed last takes the place of the other, and nobody is told. A rule that was copied needs an id of its own.',
  source: sentinelTests,
  examples: [{ wrong: file('One', ids.wrong), right: file('One', ids.other), beside: file('Two', ids.wrong) }],
  *check({ rule, rules }) {
    const { id } = rule;
    if (id === undefined) return;
    const other = rules.find((each) => each !== rule && each.id?.toLowerCase() === id.toLowerCase());
    if (other === undefined) return;
    const place = `${other.provenance.path} (${quoted(other.name)})`;
    yield { field: ['id'], message: `The id ${id} is also that of ${place}.` };
  },
};

/** The longest that the schema takes, and that the style asks for. */
const NAME = { longest: 256, style: 50 };
const DESCRIPTION = { longest: 5000, style: 255 };

const nameForm = sentinelLint(
  {
    id: 'MH404',
    name: 'name-form',
    severity: 'note',
    summary: 'The name is longer than the style asks for, ends in a full stop or says which product it is for.',
    why: 'The name is what an analyst reads first in a queue of incidents, where about 50 characters show. Longer than 256 it is refused. Write it as a sentence without a full stop, without the product: `Inbound mail from own domain fails DMARC`.',
    source: styleGuide,
    examples: [
      {
        wrong: file(
          'Detects every inbound message that claims to come from one of our own domains and fails DMARC.',
          ids.wrong,
        ),
        right: file('Own domain fails DMARC', ids.wrong),
      },
    ],
  },
  function* (_, { rule: { name } }): Iterable<Finding> {
    const field = ['name'];
    if (name.length > NAME.longest)
      yield { field, message: `The name has ${name.length} characters; Sentinel refuses more than ${NAME.longest}.` };
    else if (name.length > NAME.style)
      yield {
        field,
        message: `The name has ${name.length} characters; about ${NAME.style} show in a queue of incidents.`,
      };
    if (/[^.]\.$/.test(name)) yield { field, message: 'The name ends in a full stop.' };
  },
);

const descriptionForm = sentinelLint(
  {
    id: 'MH405',
    name: 'description-form',
    severity: 'warning',
    summary: 'The rule has no description, or one that is too long.',
    why: 'The description is what an analyst has when the alert comes: what was seen, and why it matters. Sentinel refuses more than 5,000 characters.',
    source: sentinelTests,
    examples: [
      {
        wrong: file('Own domain fails DMARC', ids.wrong),
        right: `description: Mail that claims to come from us and is not.\n${file('Own domain fails DMARC', ids.wrong)}`,
      },
      {
        wrong: `description: ${'Mail that claims to come from us. '.repeat(150)}\n${file('Own domain fails DMARC', ids.wrong)}`,
        right: `description-detailed: Mail that claims to come from us.\n${file('Own domain fails DMARC', ids.wrong)}`,
      },
    ],
  },
  function* (_, { rule: { description = '' } }): Iterable<Finding> {
    if (description.trim() === '') yield { field: ['name'], message: 'The rule has no description.' };
    else if (description.length > DESCRIPTION.longest)
      yield {
        field: ['description'],
        message: `The description has ${description.length} characters; Sentinel refuses more than ${DESCRIPTION.longest}.`,
      };
  },
);

const rule = (version: string) =>
  `${file('Own domain fails DMARC', ids.wrong)}kind: NRT\nseverity: Low\n${version === '' ? '' : `version: ${version}\n`}`;

const versionForm = sentinelLint(
  {
    id: 'MH406',
    name: 'version-form',
    severity: 'warning',
    summary: 'An analytics rule has no version of the form 1.0.0.',
    why: 'Sentinel offers an update of a deployed rule where the version of its template is higher. Three numbers, at most 20 characters; raise it with each change. YAML reads `1.0` as a number: three parts are a text.',
    source: sentinelTests,
    examples: [
      { wrong: rule('1.0'), right: rule('1.0.0') },
      { wrong: rule(''), right: rule('2.1.13') },
    ],
  },
  function* ({ version }, { rule: read }): Iterable<Finding> {
    if (version === undefined || version === null) {
      if (isAnalyticsRule(read)) yield { field: ['name'], message: 'The rule has no version: begin with 1.0.0.' };
    } else if (!/^\d{1,6}\.\d{1,6}\.\d{1,6}$/.test(String(version)))
      yield { field: ['version'], message: `The version ${quoted(String(version))} is not of the form 1.0.0.` };
  },
);

export const identityLints: readonly Lint[] = [idForm, duplicateId, nameForm, descriptionForm, versionForm];
