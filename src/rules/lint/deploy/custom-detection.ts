import type { Rule } from '../../rule.ts';

/** What a custom detection's JSON says beyond the model of a rule, each with its place. */
export interface Said {
  readonly text: string;
  readonly field: readonly (string | number)[];
}

type Path = readonly (string | number)[];

const at = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key) ? Reflect.get(inner, key) : undefined,
    value,
  );

const template: Path = ['detectionAction', 'alertTemplate'];

const listAt = ({ document }: Rule, path: Path): readonly unknown[] => {
  const list = at(document, path);
  return Array.isArray(list) ? list : [];
};

/** The identifiers of impacted assets: `recipientEmailAddress`. */
export const impactedAssets = (rule: Rule): readonly Said[] =>
  listAt(rule, [...template, 'impactedAssets']).flatMap((_, index) => {
    const field = [...template, 'impactedAssets', index, 'identifier'];
    const text = at(rule.document, field);
    return typeof text === 'string' && text !== '' ? [{ text, field }] : [];
  });

/** Title and description of the alert, in which `{{Column}}` stands for a value. */
export const alertTexts = (rule: Rule): readonly Said[] =>
  ['title', 'description'].flatMap((name) => {
    const field = [...template, name];
    const text = at(rule.document, field);
    return typeof text === 'string' ? [{ text, field }] : [];
  });

/** Actions on mail, in the form of before and of after October 2026. */
const mailAction =
  /(?:hardDelete|softDelete|moveTo\w+)(?:Emails?|ResponseAction)?|moveToJunk|moveToInbox|moveToDeletedItems/i;

/** What the rule does to the messages that it finds. */
export function mailActions(rule: Rule): readonly Said[] {
  const old = listAt(rule, ['detectionAction', 'responseActions']).flatMap((_, index) => {
    const text = at(rule.document, ['detectionAction', 'responseActions', index, '@odata.type']);
    return typeof text === 'string' && mailAction.test(text)
      ? [{ text, field: ['detectionAction', 'responseActions', index] }]
      : [];
  });
  const set = at(rule.document, ['detectionAction', 'automatedActions']);
  const names = typeof set === 'object' && set !== null ? Object.keys(set) : [];
  const current = names
    .filter((text) => mailAction.test(text) && at(set, [text]) !== null)
    .map((text) => ({ text, field: ['detectionAction', 'automatedActions', text] }));
  return [...old, ...current];
}
