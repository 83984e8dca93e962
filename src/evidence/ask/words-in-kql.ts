/**
 * The DMARC word of a row of `EmailEvents`, as an expression of KQL for many rows: of Defender's JSON, or of the header's
 * form where it names DMARC once. Twice may be the work of a sender whose text got in between, and then it says nothing.
 */
export const DMARC = wordOf('DMARC');
export const SPF = wordOf('SPF');
export const DKIM = wordOf('DKIM');
export const COMPAUTH = wordOf('CompAuth');

function wordOf(check: string): string {
  const name = check.toLowerCase();
  return (
    `tolower(iff(AuthenticationDetails startswith "{", tostring(parse_json(AuthenticationDetails).${check}), ` +
    `iff(countof(AuthenticationDetails, "${name}=") == 1, ` +
    `extract(@"(?:^|[\\s;])${name}=([A-Za-z]+)", 1, AuthenticationDetails), "")))`
  );
}
