import { codesNotGiven, compositeRules, sources } from './rules.ts';

/** The page `docs/composite-authentication.md`, made from the table of rules. */
export function compositeAuthenticationPage(): string {
  const rules = compositeRules.map(
    ({ code, compauth, condition, meaning, source }) =>
      `| ${code} | ${compauth} | ${condition} | ${meaning} | [${source}](${sources[source]}) |`,
  );
  const others = codesNotGiven.map(([code, reason]) => `| ${code} | ${reason} |`);
  return [
    '<!-- Generated from src/mail/composite/rules.ts: npm run docs -->',
    '# Composite authentication',
    '',
    'Microsoft 365 sums up SPF, DKIM, DMARC, ARC and what it knows itself in one word, `compauth=`, with a reason of three',
    'digits. mailhunt gives the same word and code where they follow from the message, from DNS and from what it was told.',
    'The table is read from the top; the first row whose condition holds decides.',
    '',
    '| reason | compauth | when | meaning | source |',
    '| --- | --- | --- | --- | --- |',
    ...rules,
    '',
    '## Notes',
    '',
    '- "Of the organization" goes by the public suffix list: without a DMARC record there is nothing else to go by. Below',
    '  `onmicrosoft.com` each tenant is an organization of its own.',
    '- "The one author domain": a From with several domains, with none, or that stands twice is never authenticated by',
    '  anything but DMARC itself.',
    '- The name of the client counts only where it leads back to the client (PTR, then A or AAAA) and where the address is',
    '  known from a trusted receiver: whoever owns an address can write any name into its PTR. Microsoft does not say',
    '  whether it asks for that. 103 and 104 read alike on its page; here 103 is the same name and 104 a host below it.',
    '- The last two digits of 3xx and 4xx are internal to Microsoft; here they are 00.',
    '- An ARC seal overrides nothing unless its sealer is trusted, and nobody is by default. Every sealer behind him must',
    '  be trusted too, since each of them could have changed the message. In real headers the first seal by microsoft.com',
    '  says `dmarc=pass` for whatever a tenant sends out: who trusts it trusts every tenant.',
    '- Where DNS does not give the key of a seal, the chain is `temperror` and overrides nothing: the code is what it is without',
    '  the seal, 000 for the most part. It may be 130 at the next attempt, and a policy waits for that ([policy-files.md](policy-files.md)).',
    '- The block list (002) is for spoofed mail: what authenticates is not touched by it.',
    '- An allow-list entry leaves the verdict as it is and adds an override, as',
    `  [Microsoft does](${sources.secops}): \`compauth=fail reason=000\`, delivered by an entry of the Tenant Allow/Block`,
    '  List. Entries can expire.',
    '- `dmarc=bestguesspass` stands where there is no record and SPF or DKIM passed for the organization of From.',
    '- `action=oreject`: the owner asks for reject. `pct.reject` and `pct.quarantine` occur under RFC 7489 only, for a',
    '  message outside the sample.',
    '- Microsoft writes no `compauth` at all into many headers, always where From has no domain, and elsewhere by rules that',
    '  cannot be seen from outside: the same sender with the same results has it on one day and not on the other. mailhunt',
    '  always has a verdict: where Microsoft is silent, it nearly always is 001.',
    '',
    '## Codes that are not given',
    '',
    '| reason | why not |',
    '| --- | --- |',
    ...others,
    '',
  ].join('\n');
}
