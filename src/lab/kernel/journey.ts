import { isIPv6 } from 'node:net';
import { addressOf, reverseName } from '../../mail/index.ts';
import type { Random } from '../random.ts';
import type { Draft } from './compose.ts';
import { dateText, headerText } from './header-text.ts';
import type { Internet } from './internet.ts';
import type { HandOver, Step } from './letter.ts';
import { sealed, signed } from './signing.ts';

/** Where a letter is on its way. */
export interface Scene {
  readonly internet: Internet;
  readonly random: Random;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The last relay; undefined as long as the author has the letter. */
  readonly last: Relayed | undefined;
}

/** A letter as a relay took it in. */
export interface Relayed {
  readonly draft: Draft;
  readonly by: string;
  readonly handOver: HandOver;
}

type Steps = {
  readonly [K in Step['do']]: (
    draft: Draft,
    step: Extract<Step, { readonly do: K }>,
    scene: Scene,
  ) => Draft | Promise<Draft>;
};

const steps: Steps = {
  sign: signed,
  seal: sealed,
  relay: (draft, { by, for: recipient, ...handOver }, scene) => received(draft, { by, recipient, handOver }, scene),
  footer: (draft, { text }) => ({ ...draft, body: Buffer.concat([draft.body, Buffer.from(withCrlf(text))]) }),
  alter: (draft, { find, put }) => {
    const body = draft.body.toString();
    if (!body.includes(find)) throw new Error(`the body does not hold "${find}": a mistake in a letter's journey`);
    return { ...draft, body: Buffer.from(body.replace(find, () => put)) };
  },
  field: (draft, { name, value }) => {
    const field = `${name}: ${headerText(value)}`;
    const at = draft.fields.findIndex((one) => one.toLowerCase().startsWith(`${name.toLowerCase()}:`));
    return { ...draft, fields: at < 0 ? [field, ...draft.fields] : draft.fields.with(at, field) };
  },
  remove: (draft, { name }) => {
    const isMeant = (field: string): boolean => field.toLowerCase().startsWith(`${name.toLowerCase()}:`);
    if (!draft.fields.some(isMeant))
      throw new Error(`there is no field ${name} to take out: a mistake in a letter's journey`);
    return { ...draft, fields: draft.fields.filter((field) => !isMeant(field)) };
  },
};

const withCrlf = (text: string): string => text.replace(/\r?\n/g, '\r\n');

/** Seconds between one step and the next. */
const PACE = 2;

/** Sends a draft along its way, the last step right before it is handed to the receiver at `scene.at`. */
export async function travel(draft: Draft, journey: readonly Step[], scene: Omit<Scene, 'last'>): Promise<Draft> {
  let last: Relayed | undefined;
  let current = draft;
  for (const [i, step] of journey.entries()) {
    const at = scene.at - (journey.length - i) * PACE * 1000;
    const act = steps[step.do] as (draft: Draft, step: Step, scene: Scene) => Draft | Promise<Draft>;
    current = await act(current, step, { ...scene, at, last });
    if (step.do === 'relay') last = { draft: current, by: step.by, handOver: step };
  }
  return current;
}

/** Who took a message in, from whom, and for whom. */
export interface Reception {
  readonly by: string;
  /** Left out where there are several (RFC 5321 section 7.6). */
  readonly recipient?: string | undefined;
  readonly handOver: HandOver;
}

/** The draft with the Received line of the host that took it in (RFC 5321 section 4.4). */
export async function received(
  draft: Draft,
  { by, recipient, handOver: { ip, helo } }: Reception,
  { internet, random, at }: Pick<Scene, 'internet' | 'random' | 'at'>,
): Promise<Draft> {
  const answer = await internet.resolver.query(reverseName(addressOf(ip)!), 'PTR');
  const reverse = answer.status === 'found' ? answer.records[0] : 'unknown';
  const address = isIPv6(ip) ? `IPv6:${ip}` : ip;
  const lines = [
    `Received: from ${helo} (${reverse} [${address}])`,
    ` by ${by} with ESMTPS id ${random.hex(12)}`,
    ...(recipient === undefined ? [] : [` for <${recipient}>`]),
  ];
  return { ...draft, fields: [`${lines.join('\r\n')}; ${dateText(at)}`, ...draft.fields] };
}
