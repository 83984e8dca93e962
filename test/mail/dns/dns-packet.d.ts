/** What the test name server uses of dns-packet, which has no types of its own. */
declare module 'dns-packet' {
  export const RECURSION_DESIRED: number;
  export const RECURSION_AVAILABLE: number;
  export const TRUNCATED_RESPONSE: number;

  export interface Question {
    readonly name: string;
    readonly type: string;
  }

  export interface Answer {
    readonly name: string;
    readonly type: string;
    readonly ttl?: number;
    readonly data: unknown;
  }

  export interface Packet {
    readonly type: 'query' | 'response';
    readonly id: number;
    readonly flags: number;
    readonly questions: readonly Question[];
    readonly answers?: readonly Answer[];
  }

  export function encode(packet: Packet): Buffer;
  export function decode(bytes: Buffer): Packet;
}
