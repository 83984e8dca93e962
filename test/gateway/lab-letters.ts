import assert from 'node:assert/strict';
import type { Offered } from '../../src/gateway/gate.ts';
import { type Case, loadScenarios, type ReceivedLetter, receive, zoneFile } from '../../src/lab/index.ts';
import { parseZone, type Resolver, zoneResolver } from '../../src/mail/index.ts';
import { AT } from './gate-rig.ts';

/** A letter of the lab as its sender hands it over, and what its file states of it. */
export interface LabLetter {
  /** Its case. */
  readonly of: Case;
  /** Without what the receiver's own mail host writes on top. */
  readonly bytes: Buffer;
  readonly client: Offered['client'];
  readonly mailFrom: string;
  readonly recipients: readonly string[];
  /** When it comes, milliseconds since 1970. */
  readonly at: number;
  /** What its file states: the verdict, undefined for mail that never left the organisation, and the answer by SMTP. */
  readonly claim: ReceivedLetter['claimed']['claim'];
  readonly smtp: string;
  /** DNS as it is when it comes. */
  readonly zone: Resolver;
}

/** Every case of the lab: each scenario's harmless mail and its attack. */
export async function labCases(): Promise<readonly Case[]> {
  const { scenarios, problems } = await loadScenarios();
  assert.deepEqual(problems, []);
  return scenarios.flatMap(({ harmless, attack }) => [harmless, attack]);
}

/**
 * The letters of a case that a gate has to answer, in order: those of the weeks before are left out.
 *
 * @example (await labLetters(await caseNamed('direct-send'))).at(-1)!.smtp // '550 5.7.26'
 */
export async function labLetters(one: Case): Promise<readonly LabLetter[]> {
  const { letters, records, failing } = await receive(one, { seed: 1, now: AT });
  const zone = zoneResolver(parseZone(zoneFile(records, failing), one.name));
  return letters
    .filter(({ isHistory }) => !isHistory)
    .map(({ bytes, transaction, at, claimed: { claim, smtp } }) => {
      const { ip = '', helo = '', mailFrom = '', recipients } = transaction;
      // What never left the organisation comes from a client that has proved who it is.
      const client = { ip, helo, name: undefined, isAuthenticated: claim === undefined };
      return { of: one, bytes: sentBytes(bytes), client, mailFrom, recipients, at, claim, smtp, zone };
    });
}

/** Without the two fields that the receiver itself put on top: Return-Path and Received, folds included. */
function sentBytes(bytes: Buffer): Buffer {
  const text = bytes.toString('latin1');
  const [own = ''] = /^Return-Path: .*\r\nReceived: .*\r\n(?:[ \t].*\r\n)*/.exec(text) ?? [];
  assert.notEqual(own, '');
  return bytes.subarray(own.length);
}
