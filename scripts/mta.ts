/** The mail programs that tests speak with, and Debian's packages of them, installed where they are missing. */
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';

/** A package of Debian, whether what it brings is here, and what is left out without it. */
interface MailPackage {
  readonly name: string;
  readonly isHere: () => boolean;
  readonly tests: string;
}

const packages: readonly MailPackage[] = [
  { name: 'postfix', isHere: () => existsSync('/usr/sbin/postconf'), tests: 'those with a real Postfix' },
  { name: 'swaks', isHere: () => existsSync('/usr/bin/swaks'), tests: 'those with swaks' },
  // swaks speaks TLS through it; Debian only recommends it.
  { name: 'libnet-ssleay-perl', isHere: () => succeeds('perl', '-MNet::SSLeay', '-e1'), tests: 'those with swaks' },
  { name: 'rspamd', isHere: () => existsSync('/usr/bin/rspamadm'), tests: 'test/policy/rspamd' },
  { name: 'opendmarc', isHere: () => existsSync('/usr/sbin/opendmarc'), tests: 'test/policy/opendmarc' },
];

const succeeds = (program: string, ...args: readonly string[]): boolean =>
  spawnSync(program, args, { stdio: 'ignore' }).status === 0;

const missing = (): readonly MailPackage[] => packages.filter(({ isHere }) => !isHere());

const isRoot = (): boolean => process.getuid?.() === 0;

/** What a check says: '' where all of them can be run, or where nobody can expect that. */
export function mailProgramsMissing(): string {
  if (missing().length > 0 && isRoot() && existsSync('/usr/bin/apt-get')) install(missing());
  const left = missing().map(({ name, tests }) => `without Debian’s ${name}, ${tests}`);
  if (!isRoot()) left.push('without root, those with a real Postfix');
  if (left.length === 0) return '';
  const words = `tests of the gate are left out: ${left.join('; ')}`;
  if (process.env.CI) return words;
  process.stderr.write(`mailhunt: ${words}\n`);
  return '';
}

/** Where Debian's packages ask whether they may start what they bring; 101 forbids it (policy-rc.d, Debian Policy 9.3.3). */
const POLICY = '/usr/sbin/policy-rc.d';

function install(wanted: readonly MailPackage[]): void {
  const names = wanted.map(({ name }) => name);
  process.stderr.write(`mailhunt: installing ${names.join(', ')} for the tests of the gate; once\n`);
  const isOurs = !existsSync(POLICY);
  if (isOurs) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    // The tests bring a configuration of their own: the machine's mail stays as it is.
    run('debconf-set-selections', [], 'postfix postfix/main_mailer_type select No configuration\n');
    run('apt-get', ['-qq', 'update']);
    // A mail server that is here already is not to be removed for one of ours.
    run('apt-get', ['-qq', '-y', '--no-install-recommends', '--no-remove', 'install', ...names]);
  } finally {
    if (isOurs) rmSync(POLICY);
  }
}

const run = (program: string, args: readonly string[], input = '') =>
  spawnSync(program, args, {
    input,
    stdio: ['pipe', 2, 2],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
