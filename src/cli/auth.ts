import { writeFile } from 'node:fs/promises';
import { MailhuntError } from '../errors/index.ts';
import { authReport } from './auth-report.ts';
import type { Call, Command, ExitCode } from './command.ts';
import { printedJson } from './harmless.ts';
import { judgeOptionsFor, mailHelp, mailOptions, resolverFor, zoneFileOf } from './mail-settings.ts';
import { messageBytes } from './message-file.ts';

/** `mailhunt auth`: what one message claims and proves. */
export const auth: Command = {
  usage: 'auth FILE.eml [--ip A --helo N --from A] [--trust NAMES] [--json] [--dns system|ZONEFILE] [--zone-out FILE]',
  summary:
    'Shows what one message (- for standard input) claims, what it proves, and the verdict with its reason; 1 where it fails.',
  help: `  --ip ADDRESS       the client that handed the message over; otherwise its Received fields tell
  --helo NAME        what the client called itself
  --from ADDRESS     the envelope sender; <> for the null sender; otherwise Return-Path tells
  --json             everything, for programs
${mailHelp}  --zone-out FILE    keeps the answers of DNS as a zone file: with --dns FILE the verdict is the same tomorrow
`,
  example: 'auth suspicious.eml --zone-out suspicious.zone',
  options: {
    ...mailOptions,
    ip: { type: 'string' },
    helo: { type: 'string' },
    from: { type: 'string' },
    json: { type: 'boolean' },
    'zone-out': { type: 'string' },
  },
  positionals: 1,
  run,
};

async function run(call: Call): Promise<ExitCode> {
  const { values, out } = call;
  const [file] = call.positionals;
  if (file === undefined) throw wrong('give a message: a file, or - for standard input');
  const mail = await import('../mail/index.ts');
  const message = mail.readMessage(await messageBytes(call, file, 'auth'));
  const { trusted, relays = [], acceptedDomains, composite, dmarcMode, rsaSha1, now } = judgeOptionsFor(call, 'verify');
  const transaction = mail.transactionOf(message, {
    trusted: [...trusted, ...relays],
    acceptedDomains,
    given: givenBy(call, mail),
  });
  const answers = await resolverFor(call, 'auth');
  const recording = mail.recordingResolver(answers);
  const authentication = await mail.authenticate(message, {
    resolver: mail.cachingResolver(recording, { now: () => performance.now() }),
    now,
    transaction,
    dmarcMode,
    rsaSha1,
    retrospective: true,
    composite: { ...composite, acceptedDomains },
  });
  if ('dead' in answers && answers.dead !== undefined) throw answers.dead;
  const zone = values['zone-out'];
  if (typeof zone === 'string') await keep(zone, mail.printZone(recording.answers()));
  const shown = {
    message,
    claims: mail.claimsOf(message),
    hops: mail.hopsOf(message),
    authentication,
    received: mail.receivedVerdict(message, trusted),
    zoneFile: zoneFileOf(call),
  };
  await out.write(values.json === true ? jsonOf(shown) : authReport(shown, out));
  const { dmarc, compauth } = authentication.words;
  return dmarc === 'fail' || compauth === 'fail' ? 1 : 0;
}

const wrong = (text: string, cause?: unknown) => new MailhuntError('CLI0001', { text, command: 'auth' }, { cause });

/** What was seen of the connection. A slip of the pen is refused: the message would be asked instead, unnoticed. */
function givenBy({ values: { ip, helo, from } }: Call, { ipAddressOf }: typeof import('../mail/index.ts')) {
  const mailFrom = typeof from === 'string' ? from.replace(/^<(.*)>$/, '$1') : undefined;
  if (typeof ip === 'string' && ipAddressOf(ip) === undefined) throw wrong(`--ip ${ip}: that is no IP address`);
  if (mailFrom !== undefined && !/^(?:[^\s<>]+@[^\s<>@]+)?$/.test(mailFrom)) {
    throw wrong(`--from ${from}: that is no address; <> is the null sender`);
  }
  return {
    ...(typeof ip === 'string' ? { ip } : {}),
    ...(typeof helo === 'string' ? { helo } : {}),
    ...(mailFrom === undefined ? {} : { mailFrom }),
  };
}

const keep = (file: string, zone: string): Promise<void> =>
  writeFile(file, zone).catch((cause: Error) => {
    throw wrong(`--zone-out ${file}: ${cause.message}`, cause);
  });

function jsonOf({ message, zoneFile: _, ...facts }: Parameters<typeof authReport>[0]): string {
  const size = message.bytes.length;
  return printedJson({ ...facts, size, problems: message.defects });
}
