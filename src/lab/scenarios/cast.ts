import type { Domain } from '../kernel/domain.ts';
import type { HandOver, Step } from '../kernel/letter.ts';

/** A domain whose mail is in order: one server, all mail signed. */
export const orderly = (name: string, ip: string, policy: string, more: Partial<Domain> = {}): Domain => ({
  name,
  spf: `v=spf1 ip4:${ip} -all`,
  dkim: [{ selector: 's1' }],
  dmarc: `v=DMARC1; ${policy}`,
  mx: [`mail.${name}`],
  hosts: { [`mail.${name}`]: ip },
  ...more,
});

/** Three owners who ask for different things. */
export const bakery = orderly('bakery.example', '192.0.2.11', 'p=none; rua=mailto:dmarc@bakery.example');
export const museum = orderly('museum.example', '192.0.2.12', 'p=quarantine');
export const bank = orderly('bank.example', '192.0.2.13', 'p=reject');

/** Who receives all of it. */
export const receiver = orderly('receiver.example', '192.0.2.99', 'p=reject');

/** Anybody can have an address here. */
export const freemail = orderly('freemail.example', '198.51.100.5', 'p=none');

/** A domain that was bought yesterday for one purpose, and is set up as it should be. */
export const throwaway = orderly('throwaway.example', '203.0.113.70', 'p=none');

/** Servers by the hour: whose addresses the forgers write from. */
export const hosting: Domain = { name: 'hosting.example', hosts: { 'vps66.hosting.example': '203.0.113.66' } };

/** A hand-over by a server that no domain here knows of. */
export const byForger = (mailFrom: string): HandOver => ({
  ip: '203.0.113.66',
  helo: 'vps66.hosting.example',
  mailFrom,
});

/** A hand-over by a domain's own server. */
export function byServerOf(domain: Domain, mailFrom: string): HandOver {
  const [helo, ip] = Object.entries(domain.hosts!)[0]!;
  return { ip, helo, mailFrom };
}

/** The signature of a domain under its first selector. */
export const signature = (domain: Domain): Step & { readonly do: 'sign' } => ({
  do: 'sign',
  domain: domain.name,
  selector: domain.dkim![0]!.selector,
});

/** Somebody at the receiver. */
export const recipient = 'anna.berg@receiver.example';
