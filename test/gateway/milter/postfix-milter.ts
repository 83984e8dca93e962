import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Milter,
  type MilterAddress,
  type MilterFacts,
  type MilterOptions,
  printAddress,
  startMilter,
} from '../../../src/gateway/milter/index.ts';
import { type Postfix, startPostfix } from '../postfix.ts';
import { Client } from '../proxy/client.ts';
import { type MadeUpGate, madeUpGate } from './made-up-gate.ts';

const NOBODY = 65_534;

/** A real Postfix that asks a milter of ours, and puts what it takes into a mailbox. */
export interface PostfixWithMilter extends AsyncDisposable {
  readonly postfix: Postfix;
  readonly milter: Milter;
  readonly gate: MadeUpGate;
  readonly facts: MilterFacts[];
  /** A client that has read the greeting and said EHLO; it seems to come from elsewhere. */
  client(from?: ClientFacts): Promise<Client>;
  /** What was delivered to an address, once it is there. */
  delivered(to: string): Promise<string[]>;
  /** All that was delivered, once it is so many messages: one a recipient. */
  mailbox(count: number): Promise<string[]>;
}

/** What XCLIENT tells Postfix of a client. */
export interface ClientFacts {
  readonly ip?: string;
  /** Confirmed by DNS. */
  readonly name?: string;
  readonly helo?: string;
  readonly login?: string;
}

/** How it is set up. */
export interface PostfixMilterOptions {
  readonly gate?: MadeUpGate;
  readonly milter?: Partial<MilterOptions>;
  /** Lines of `main.cf`. */
  readonly main?: Readonly<Record<string, string>>;
  /** @default a TCP socket */
  readonly over?: 'unix' | 'inet';
}

export async function postfixWithMilter(options: PostfixMilterOptions = {}): Promise<PostfixWithMilter> {
  const { gate = madeUpGate(), over = 'inet', main = {} } = options;
  const folder = mkdtempSync(join(tmpdir(), 'postfix-milter-'));
  chownSync(folder, NOBODY, NOBODY);
  chmodSync(folder, 0o755);
  const address: MilterAddress =
    over === 'unix' ? { kind: 'unix', path: join(folder, 'sock') } : { kind: 'inet', host: '127.0.0.1', port: 0 };
  const facts: MilterFacts[] = [];
  const log = (_: string, one: MilterFacts): void => void facts.push(one);
  const milter = await startMilter({ gate, address, mode: 0o666, isOwn: () => false, log, ...options.milter });
  const clients: Client[] = [];
  const arrived = async (hasCome: (texts: readonly string[]) => boolean): Promise<string[]> => {
    for (let tries = 0; tries < 200; tries++) {
      const texts = textsIn(join(folder, 'box', 'new'));
      if (hasCome(texts)) return texts;
      await sleep(50);
    }
    throw new Error(`not delivered:\n${await postfix.log()}`);
  };
  const postfix = await startPostfix({
    servers: [{ smtpd_authorized_xclient_hosts: '127.0.0.0/8' }],
    main: {
      smtpd_milters: printAddress(milter.address),
      mynetworks: '0.0.0.0/0, [::]/0',
      smtpd_client_connection_rate_limit: '0',
      // Where a client seems to be is told after Postfix has taken it for one of its own, whose header it would mend.
      local_header_rewrite_clients: '',
      default_transport: 'virtual:',
      virtual_mailbox_base: folder,
      virtual_mailbox_maps: 'static:box/',
      virtual_uid_maps: `static:${NOBODY}`,
      virtual_gid_maps: `static:${NOBODY}`,
      ...main,
    },
    master: ['virtual unix - n n - - virtual'],
  });
  return {
    ...{ postfix, milter, gate, facts },
    client: async (from) => {
      const client = await Client.to(postfix.ports[0]!);
      clients.push(client);
      await client.answer();
      if (from !== undefined) await client.say(xclient(from));
      await client.say(`EHLO ${from?.helo ?? 'client.example.org'}`);
      return client;
    },
    delivered: async (to) => {
      const isTo = (text: string): boolean => text.includes(`\nX-Original-To: ${to}\n`);
      return (await arrived((texts) => texts.some(isTo))).filter(isTo);
    },
    mailbox: (count) => arrived(({ length }) => length >= count),
    [Symbol.asyncDispose]: async () => {
      for (const client of clients) client.close();
      await postfix.stop();
      await milter.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

const textsIn = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8')) : [];

function xclient({ ip, name = '[UNAVAILABLE]', helo, login }: ClientFacts): string {
  const address = ip?.includes(':') ? `IPV6:${ip}` : ip;
  const told = { NAME: name, ADDR: address, HELO: helo, LOGIN: login };
  const attributes = Object.entries(told).filter(([, value]) => value !== undefined && value !== '');
  return `XCLIENT ${attributes.map(([key, value]) => `${key}=${value}`).join(' ')}`;
}

/** Sends a message of CRLF lines and reads what is said to it at its end, or where it was refused before. */
export async function sendMail(
  client: Client,
  message: Buffer | string,
  { from = 'sender@example.org', to = ['receiver@example.com'] as readonly string[] } = {},
): Promise<string> {
  const said = await client.talk(`MAIL FROM:<${from}>`, ...to.map((one) => `RCPT TO:<${one}>`), 'DATA');
  if (!said.at(-1)!.startsWith('354')) return said.find((one) => !one.startsWith('2'))!;
  const text = Buffer.from(message).toString('latin1').replace(/^\./gm, '..');
  client.send(Buffer.from(`${text}${text.endsWith('\r\n') ? '' : '\r\n'}.\r\n`, 'latin1'));
  return client.answer(20_000);
}
