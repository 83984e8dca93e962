import type { DnsAnswer } from '../dns/resolver.ts';
import { isSameOrBelow } from '../message/domain-name.ts';
import { type Address, addressOf, dotted, inNetwork, readable, reverseName } from './address.ts';
import type { SpfBudget, Stop } from './budget.ts';
import type { MacroLetter, MacroValues } from './macro.ts';

/** Who sends, in the words of RFC 7208 section 4.1. */
export interface SpfSender {
  readonly address: Address;
  /** `<sender>` taken apart: neither is empty, the domain is in A-labels. */
  readonly localPart: string;
  readonly domain: string;
  readonly helo: string;
  readonly receiver: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The client during one check: what its address is compared with, and which names it can prove. */
export class SpfClient {
  readonly sender: SpfSender;
  readonly #budget: SpfBudget;
  readonly #validated = new Map<string, Promise<boolean>>();
  #pointers: Promise<DnsAnswer<'PTR'>> | undefined;

  constructor(sender: SpfSender, budget: SpfBudget) {
    this.sender = sender;
    this.#budget = budget;
  }

  /** The address for a person. */
  get name(): string {
    return readable(this.sender.address);
  }

  /** The record type of addresses that can be this client's (RFC 7208 section 5). */
  get addressType(): 'A' | 'AAAA' {
    return this.sender.address.length === 4 ? 'A' : 'AAAA';
  }

  /** Whether one of some addresses, each widened to its network, has the client in it. */
  isAmong(addresses: readonly string[], prefix: number): boolean {
    return addresses.some((text) => {
      const address = addressOf(text);
      return address !== undefined && inNetwork(this.sender.address, address, prefix);
    });
  }

  /** The first names of the PTR records, asked for once a check; that there are none counts each time (section 4.6.4). */
  async pointers(budget: SpfBudget): Promise<readonly string[] | Stop> {
    const name = reverseName(this.sender.address);
    this.#pointers ??= budget.ask(name, 'PTR');
    const answer = await this.#pointers;
    if (answer.status === 'found' && answer.records.length > 0) return answer.records.slice(0, budget.limits.hosts);
    return budget.countVoid(name, answer) ?? [];
  }

  /** Whether a name has the client's address (RFC 7208 section 5.5); asked for once a check. */
  isValidated(name: string): Promise<boolean> {
    const known = this.#validated.get(name) ?? this.#hasAddress(name);
    this.#validated.set(name, known);
    return known;
  }

  async #hasAddress(name: string): Promise<boolean> {
    const answer = await this.#budget.ask(name, this.addressType);
    return answer.status === 'found' && this.isAmong(answer.records, 8 * this.sender.address.length);
  }

  /** What `%{p}` says: the domain itself if it is validated, else a name below it, else any (RFC 7208 section 7.3). */
  async validatedName(domain: string, pointers: readonly string[]): Promise<string> {
    const rank = (name: string) => (name === domain ? 0 : isSameOrBelow(name, domain) ? 1 : 2);
    for (const name of [...pointers].sort((one, other) => rank(one) - rank(other))) {
      if (await this.isValidated(name)) return name;
    }
    return 'unknown';
  }

  /** What the macro letters say in the record of a domain (RFC 7208 section 7.2). */
  macros(domain: string, validatedName: string): MacroValues {
    const { sender } = this;
    const values: Readonly<Record<MacroLetter, () => string>> = {
      s: () => `${sender.localPart}@${sender.domain}`,
      l: () => sender.localPart,
      o: () => sender.domain,
      d: () => domain,
      i: () => dotted(sender.address),
      p: () => validatedName,
      v: () => (sender.address.length === 4 ? 'in-addr' : 'ip6'),
      h: () => sender.helo,
      c: () => this.name,
      r: () => sender.receiver,
      t: () => String(Math.floor(sender.now / 1000)),
    };
    return (letter) => values[letter]();
  }
}
