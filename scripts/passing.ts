type Passing = Readonly<Record<string, number>>;

/**
 * Where the passing cases of the names that queries use differ from those written down: fewer break the build, and so do
 * more, for the support table would tell less than the truth.
 */
export function differing(found: Passing, written: Passing): string {
  const names = [...new Set([...Object.keys(found), ...Object.keys(written)])].sort();
  const wrong = names.filter((name) => (found[name] ?? 0) !== (written[name] ?? 0));
  if (wrong.length === 0) return '';
  const shown = wrong.slice(0, 10).map((name) => `${name} ${written[name] ?? 0} -> ${found[name] ?? 0}`);
  const rest = wrong.length > shown.length ? ` and ${wrong.length - shown.length} more` : '';
  return `${shown.join(', ')}${rest}; node scripts/conformance.ts ../shared --record && npm run docs`;
}
