import type { FinalAction, Mode } from '../../policy/index.ts';

/** What is done with a message by each action of a policy, behind “is” or “would be”. */
export const deeds: Readonly<Record<FinalAction['kind'], string>> = {
  Deliver: 'delivered',
  Quarantine: 'kept apart',
  DeleteMessage: 'thrown away',
  Reject: 'refused',
  Defer: 'deferred',
};

/** An action as its sender or its reader meets it, with all that the policy says of it. */
export function actionWords(action: FinalAction): string {
  switch (action.kind) {
    case 'Reject':
    case 'Defer':
      return `${action.kind}: ${action.reply.code} ${action.reply.enhanced} ${action.reply.text}`;
    case 'Quarantine':
      return `Quarantine, for ${action.days} ${action.days === 1 ? 'day' : 'days'}`;
    default:
      return action.kind;
  }
}

/** What is done, and by which action: `refused (Reject: 550 5.7.26 …)`. */
export const deedWords = (action: FinalAction): string =>
  action.kind === 'Deliver' ? deeds.Deliver : `${deeds[action.kind]} (${actionWords(action)})`;

/** What becomes of mail that SMTP answered so, where the answer alone does not tell; else empty. */
export function behindAnswer(kind: FinalAction['kind'], answer: string): string {
  if (!answer.startsWith('2')) return '';
  return kind === 'Deliver' ? `, ${deeds[kind]}` : `, ${deeds[kind]} (${kind})`;
}

/** The heading of what a policy would do, whatever its mode is. */
export const asInEnforce = (policy: string, mode: Mode): string =>
  mode === 'Enforce' ? policy : `${policy} (${mode}), as it would be in Enforce`;
