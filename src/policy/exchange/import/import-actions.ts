import { decodeHTML } from 'entities';
import { MailhuntError } from '../../../errors/index.ts';
import { valueSpot } from '../../read/policy-spot.ts';
import { action as actionReader } from '../../read/read-actions.ts';
import type { RawRule } from './raw-rules.ts';
import { textsOf } from './values.ts';

/** Actions as a policy file has them. */
export interface ImportedActions {
  readonly actions: readonly unknown[];
  readonly unsupported: readonly string[];
  readonly remarks: readonly string[];
}

/** Exchange's own where a rule names none. @source New-TransportRule, RejectMessageReasonText */
const REASON = 'Delivery not authorized, message refused';
const CODE = '5.7.1';
const LONGEST = 400;

/** The actions of a rule that mailhunt has. */
export function importedActions(rule: RawRule): ImportedActions {
  const first = (name: string): string | undefined => {
    const found = textsOf(rule[name]);
    return 'texts' in found ? found.texts[0] : undefined;
  };
  const remarks: string[] = [];
  const unsupported: string[] = [];
  const actions: unknown[] = [];
  for (const found of [
    removal(first),
    setting(first),
    subject(first),
    banner(first),
    first('Quarantine') === undefined ? undefined : 'Quarantine',
    first('DeleteMessage') === undefined ? undefined : 'DeleteMessage',
    rejection(first, remarks),
  ]) {
    if (found === undefined) continue;
    const why = whyUnreadable(found);
    if (why === undefined) actions.push(found);
    else unsupported.push(why);
  }
  return { actions, unsupported, remarks };
}

type First = (name: string) => string | undefined;

function rejection(first: First, remarks: string[]): unknown {
  const [text, code] = [first('RejectMessageReasonText'), first('RejectMessageEnhancedStatusCode')];
  if (text === undefined && code === undefined) return undefined;
  const line = (text ?? REASON).replaceAll(/\s+/g, ' ').trim();
  const sayable = line.replace(/[^ -~]/gu, '?').slice(0, LONGEST);
  if (sayable !== line) remarks.push('SMTP takes printable ASCII and one line: the reason is changed accordingly.');
  return { Reject: { code: 550, enhanced: code ?? CODE, text: sayable === '' ? REASON : sayable } };
}

function setting(first: First): unknown {
  const name = first('SetHeaderName');
  return name === undefined ? undefined : { SetHeader: { name, value: first('SetHeaderValue') ?? '' } };
}

const removal = (first: First): unknown => {
  const name = first('RemoveHeader');
  return name === undefined ? undefined : { RemoveHeader: name };
};

const subject = (first: First): unknown => {
  const text = first('PrependSubject');
  return text === undefined ? undefined : { PrependSubject: text };
};

function banner(first: First): unknown {
  const html = first('ApplyHtmlDisclaimerText');
  if (html === undefined) return undefined;
  return {
    ApplyBanner: {
      // One with tags or placeholders is no text, and refused for that.
      text: /[<>]|%%/.test(html) ? '' : decodeHTML(html),
      location: first('ApplyHtmlDisclaimerLocation') ?? 'Append',
      fallback: first('ApplyHtmlDisclaimerFallbackAction') ?? 'Wrap',
    },
  };
}

function whyUnreadable(action: unknown): string | undefined {
  const [name] = typeof action === 'string' ? [action] : Object.keys(action as object);
  if (name === 'ApplyBanner' && (action as { ApplyBanner: { text: string } }).ApplyBanner.text === '')
    return 'ApplyHtmlDisclaimerText: it has tags or placeholders, and a banner here is text';
  try {
    actionReader(valueSpot(action));
    return undefined;
  } catch (error) {
    if (!(error instanceof MailhuntError)) throw error;
    return `${name}: ${'text' in error.facts ? error.facts.text : error.message}`;
  }
}
