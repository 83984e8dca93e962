/** What every forged field here says, so that it can be looked for wherever it stands. */
export const LIE = 'dmarc=pass (a lie)';
/** Of the host that is to be protected. */
export const ID = 'mx.contoso.com';

/** Forms of a forged stamp, as lines of a header. One character a byte. */
export const forgedForms: readonly (readonly [what: string, lines: string])[] = [
  ['as it should be written', `Authentication-Results: ${ID}; ${LIE}`],
  ['in odd case', `aUTHENTICATION-rESULTS: MX.CONTOSO.COM; ${LIE}`],
  ['a blank before its colon', `Authentication-Results : ${ID}; ${LIE}`],
  ['blanks and tabs before its colon', `Authentication-Results \t \t: ${ID}; ${LIE}`],
  ['a vertical tab before its colon', `Authentication-Results\x0b: ${ID}; ${LIE}`],
  ['NUL before its colon', `Authentication-Results\0: ${ID}; ${LIE}`],
  ['a no-break space before its colon', `Authentication-Results\xa0: ${ID}; ${LIE}`],
  ['three hundred more blanks before its colon', `Authentication-Results\xa0${' '.repeat(300)}: ${ID}; ${LIE}`],
  ['NUL within its name', `Authentication\0-Results: ${ID}; ${LIE}`],
  ['a zero-width space within its name', `Authentication\xe2\x80\x8b-Results: ${ID}; ${LIE}`],
  ['folded before its colon', `Authentication-Results\r\n : ${ID}; ${LIE}`],
  ['folded within its name', `Authentication-\r\n Results: ${ID}; ${LIE}`],
  ['folded over a line of blanks', `Authentication-Results:\r\n \r\n\t${ID}; ${LIE}`],
  ['folded within its id', `Authentication-Results: mx.con\r\n\ttoso.com; ${LIE}`],
  ['behind a comment', `Authentication-Results: (by (us\\)) ;) ${ID}; ${LIE}`],
  ['quoted', `Authentication-Results: "${ID}"; ${LIE}`],
  ['with a dot at its end', `Authentication-Results: ${ID}.; ${LIE}`],
  ['of nobody', `Authentication-Results: ${LIE}`],
  ['in wide letters', `Authentication-Results: \xef\xbd\x8dx.contoso.com; ${LIE}`],
  ['as an encoded word', `Authentication-Results: =?utf-8?Q?mx=2Econtoso.com?=; ${LIE}`],
  ['behind a bare CR', `X-Note: a\rAuthentication-Results: ${ID}; ${LIE}`],
  ['behind a bare CR, within the subject', `Subject: hello\rAuthentication-Results : ${ID}; ${LIE}`],
  ['behind a bare LF', `X-Note: a\nAuthentication-Results: ${ID}; ${LIE}`],
  ['behind LF and CR', `X-Note: a\n\rAuthentication-Results: ${ID}; ${LIE}`],
  ['behind two CR', `X-Note: a\r\rAuthentication-Results: ${ID}; ${LIE}`],
  ['behind NUL', `X-Note: a\0Authentication-Results: ${ID}; ${LIE}`],
  ['behind a vertical tab', `X-Note: a\x0bAuthentication-Results: ${ID}; ${LIE}`],
  ['behind a form feed', `X-Note: a\x0cAuthentication-Results: ${ID}; ${LIE}`],
  ['behind NEL', `X-Note: a\xc2\x85Authentication-Results: ${ID}; ${LIE}`],
  ['behind a line separator', `X-Note: a\xe2\x80\xa8Authentication-Results: ${ID}; ${LIE}`],
  ['behind a CR in a fold', `X-Note: a\r\n b\rAuthentication-Results: ${ID}; ${LIE}`],
  ['behind a CR in a line that is no field', `no field\rAuthentication-Results: ${ID}; ${LIE}`],
  ['in a chain that nobody sealed', `ARC-Authentication-Results: i=1; ${ID}; ${LIE}`],
  ['in a chain, behind a CR', `X-Note: a\rARC-Authentication-Results: i=1; ${ID}; ${LIE}`],
  ['as words of the policy', `X-Mailhunt-Policy: Deliver; ${LIE}`],
  ['as words of the policy, a blank before the colon', `x-mailhunt-POLICY\t: Deliver; ${LIE}`],
  ['as words of the policy, behind a CR', `X-Note: a\rX-Mailhunt-Policy: Deliver; ${LIE}`],
  ['as the end of what the gate puts on top', ` excepted; ${LIE}`],
];

/** What looks like it, and stays. */
export const honestForms: readonly (readonly [what: string, lines: string])[] = [
  ['of another server', `Authentication-Results: mx.fabrikam.com; ${LIE}`],
  ['in the text of a field', `X-Note: the field Authentication-Results: ${ID}; ${LIE}`],
  ['in a fold', `X-Note: see\r\n Authentication-Results: ${ID}; ${LIE}`],
  ['of another name', `X-Authentication-Results: ${ID}; ${LIE}`],
  ['of another server in a chain', `ARC-Authentication-Results: i=1; mx.fabrikam.com; ${LIE}`],
  ['a line that is no field', `no field ${LIE}`],
];
