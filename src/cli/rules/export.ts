import { basename, isAbsolute, join, relative, resolve } from 'node:path';
import { MailhuntError } from '../../errors/index.ts';
import {
  type ExportedFile,
  exportRules,
  exportTargets,
  packFolder,
  plural,
  type Rule,
  readRules,
  ruleSite,
  type Standing,
  standingsOf,
  writeWhole,
} from '../../rules/index.ts';
import { ticksFromUnixMs } from '../../values/index.ts';
import type { Call, Command, ExitCode } from '../command.ts';
import { errorText } from '../error-text.ts';
import { harmless } from '../harmless.ts';
import { progressLine } from '../progress.ts';
import { reportProblems } from './problems.ts';

/** `mailhunt rules export`: rules in the form of another place. */
export const exportCommand: Command = {
  usage: 'rules export [PATH…] --to sentinel|arm|graph|site --out DIR|FILE',
  summary: 'Writes rules as Sentinel YAML, ARM templates, Graph detectionRules, or a site to read.',
  help: `  PATH…              files and folders with rules (default: the rules that come with mailhunt)
  --to FORMAT        sentinel: YAML as in the Azure-Sentinel repository, a file a rule
                     arm: templates for a workspace; --out FILE.json makes one of all
                     graph: JSON for security/rules/detectionRules, in its form since 2026-10
                     site: a catalogue of pages that needs no server
  --out DIR|FILE     where to; files of these names there are written over
  --plain            sentinel: without the map mailhunt
  --assign-ids       gives rules without an id one that stays the same, and a first version
  --no-prove         site: does not run the tests
  --title TEXT       site: its name
  --url URL          site: where it will stand, for the links of its feed
`,
  example: 'rules export --to sentinel --out sentinel',
  options: {
    to: { type: 'string' },
    out: { type: 'string' },
    plain: { type: 'boolean' },
    'assign-ids': { type: 'boolean' },
    'no-prove': { type: 'boolean' },
    title: { type: 'string' },
    url: { type: 'string' },
  },
  positionals: Number.POSITIVE_INFINITY,
  run,
};

const wrong = (text: string) => new MailhuntError('CLI0001', { text, command: 'rules export' });

/** Where files go, and whether one file is to hold them all. */
interface Place {
  readonly folder: string;
  readonly file: string | undefined;
}

async function run(call: Call): Promise<ExitCode> {
  const to = String(call.values.to ?? '');
  const make = Object.hasOwn(makers, to) ? makers[to] : undefined;
  if (make === undefined) throw wrong(`--to takes ${Object.keys(makers).join(', ')}`);
  const out = typeof call.values.out === 'string' && call.values.out !== '' ? resolve(call.values.out) : undefined;
  if (out === undefined) throw wrong('say with --out where to write');
  const isFile = to === 'arm' && out.endsWith('.json');
  const place: Place = isFile ? { folder: '', file: out } : { folder: out, file: undefined };
  const paths = call.positionals.length > 0 ? call.positionals : [packFolder()];
  const read = await readRules(paths, { signal: call.signal });
  const rules = read.rules.map((rule) => fromPack(rule));
  const { files, refused } = await make(rules, read.rules, place, call);
  for (const { path, text } of files) {
    call.signal.throwIfAborted();
    await writeWhole(place.file ?? join(place.folder, path), text);
  }
  await call.err.write(`${plural(files.length, 'file')} written to ${harmless(String(call.values.out))}\n`);
  const unread = await reportProblems(read, call.err);
  return refused ? 1 : unread;
}

/** Rules of the pack are named by their place in it, wherever mailhunt is installed. */
function fromPack(rule: Rule): Rule {
  const below = relative(packFolder(), rule.provenance.path);
  const isBelow = !below.startsWith('..') && resolve(below) !== below;
  return isBelow ? at(`rules/${below.replaceAll('\\', '/')}`, rule) : rule;
}

const at = (path: string, rule: Rule): Rule => ({ ...rule, provenance: { ...rule.provenance, path } });

/** What a site shows of a path: how the folders of this machine are called is nobody's business. */
const published = (rule: Rule): Rule => {
  const { path } = rule.provenance;
  return isAbsolute(path) || path.startsWith('..') ? at(basename(path), rule) : rule;
};

interface Made {
  readonly files: readonly ExportedFile[];
  readonly refused: boolean;
}

type Make = (rules: readonly Rule[], asRead: readonly Rule[], place: Place, call: Call) => Promise<Made>;

const toTarget =
  (target: (typeof exportTargets)[number]): Make =>
  async (rules, _, { file }, { values, now, signal, err }) => {
    const { files, refusals, notes } = await exportRules(rules, {
      target,
      now: ticksFromUnixMs(now()),
      plain: values.plain === true,
      assignIds: values['assign-ids'] === true,
      together: file !== undefined,
      signal,
    });
    for (const refusal of refusals) await err.write(`${errorText(refusal)}\n`);
    for (const note of notes) await err.write(`${harmless(note)}\n`);
    return { files, refused: refusals.length > 0 };
  };

const toSite: Make = async (rules, asRead, _, call) => {
  const { values, now } = call;
  const { title = 'Detection rules', url } = values;
  if (url !== undefined && !/^https?:\/\//.test(String(url)))
    throw wrong('--url takes an address such as https://rules.example/');
  const standings = await trust(asRead, call);
  const files = ruleSite(
    rules.map((rule, i) => [published(rule), standings[i]!]),
    { now: ticksFromUnixMs(now()), title: String(title), ...(url === undefined ? {} : { url: String(url) }) },
  );
  return { files, refused: false };
};

/** What linter and tests say of each rule. */
async function trust(rules: readonly Rule[], { values, now, signal, err }: Call): Promise<readonly Standing[]> {
  const line = progressLine(err, () => performance.now());
  const options = { now: ticksFromUnixMs(now()), signal, stopwatch: () => performance.now(), progress: line.show };
  return standingsOf(rules, { ...options, prove: values['no-prove'] !== true }).finally(line.clear);
}

const makers: Readonly<Record<string, Make>> = {
  ...Object.fromEntries(exportTargets.map((target) => [target, toTarget(target)])),
  site: toSite,
};
