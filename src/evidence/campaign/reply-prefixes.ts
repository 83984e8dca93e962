/** Whether a prefix says that a message answers another, or passes it on. */
export type PrefixKind = 'reply' | 'forward';

/** What mail programs put before a subject, in the languages that they speak; lower case, without the colon. */
const words: Readonly<Record<PrefixKind, string>> = {
  reply:
    're r aw sv vs antw ant odp res rif bls ref resp ynt svar απ σχετ atb 回复 回覆 答复 答覆 返信 回信 답장 отв на ответ',
  forward:
    'fw fwd wg vb vl tr rv enc pd i doorst ilt i\u0307lt vid trs πρθ ml 转发 轉寄 轉發 転送 전달 переслать пересл hal',
};

const kinds: ReadonlyMap<string, PrefixKind> = new Map(
  (Object.keys(words) as PrefixKind[]).flatMap((kind) => words[kind].split(' ').map((word) => [word, kind] as const)),
);

/** A subject without what programs put before it, and what that was, the outermost first. */
export interface Unprefixed {
  readonly rest: string;
  readonly prefixes: readonly PrefixKind[];
}

/** Prefixes and tags that are taken off at most. */
const DEEPEST = 20;
const PREFIX = /^([\p{L}\p{M}]{1,12})\s?(?:[[(]\d{1,3}[\])])?\s?[:：]/u;
/** `[EXTERNAL]`, `[list-name]`: what gateways and lists put there. */
const TAG = /^\[[^[\]]{1,40}\]/;

/**
 * Takes `Re:`, `AW:`, `Fwd:`, `WG:`, `[EXTERNAL]` and their like off a subject.
 *
 * @example withoutPrefixes('AW: [EXTERN] WG: Rechnung 7') // { rest: 'Rechnung 7', prefixes: ['reply', 'forward'] }
 */
export function withoutPrefixes(subject: string): Unprefixed {
  const prefixes: PrefixKind[] = [];
  let rest = subject.trim();
  for (let i = 0; i < DEEPEST; i++) {
    const found = PREFIX.exec(rest);
    const kind = kinds.get(found?.[1]?.toLowerCase() ?? '');
    const cut = kind === undefined ? TAG.exec(rest)?.[0] : found?.[0];
    if (cut === undefined) break;
    if (kind !== undefined) prefixes.push(kind);
    rest = rest.slice(cut.length).trimStart();
  }
  return { rest, prefixes };
}
