type Parameters = Readonly<Record<string, string>>;

/**
 * The values that a query is given: of those that somebody wrote into the tab's fields, the ones that it declares. An
 * empty field gives none, so that the text's own default holds.
 */
export function parametersFor(text: string, values: Parameters): Parameters {
  const [, declared] = /\bdeclare\s+query_parameters\s*\(([^;]*)/.exec(text) ?? [];
  if (declared === undefined) return {};
  const names = new Set(declared.match(/[\w$-]+/g));
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => value.trim() !== '' && names.has(name)));
}
