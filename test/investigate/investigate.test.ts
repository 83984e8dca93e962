import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { type Investigation, investigate, type Overview } from '../../src/investigate/index.ts';
import { accuses } from '../../src/investigate/verdict/words.ts';
import { expectedVerdicts } from './expected.ts';
import { type Examined, LabDesk } from './lab-desk.ts';
import { leftOut, measured } from './measure.ts';

const desk = await LabDesk.open();
after(() => desk[Symbol.asyncDispose]());
const caseOf = (name: string) => desk.cases.find((one) => one.name === name)!;

test('each case of the lab has its right verdict written down, and attacks accuse', () => {
  assert.deepEqual(Object.keys(expectedVerdicts).sort(), desk.cases.map(({ name }) => name).sort());
  for (const { name, nature } of desk.cases) assert.equal(accuses(expectedVerdicts[name]!), nature === 'attack', name);
});

/** One of each kind, and those that are told apart by little; all of them are measured by scripts/investigate-measure.ts. */
const sample = [
  'spoof-clicked',
  'forwarder-unsigned',
  'forwarded-spoof',
  'trusted-sealer-abused',
  'mailing-list-without-arc',
  'mailing-list-imitated',
  'bulk-platform-unaligned',
  'crm-unaligned',
  'partner-new-server',
  'printer-direct-send',
  'temperror-key-forwarded',
  'look-alike-domain',
  'compromised-account',
  'dkim-replay',
];

test('a sample of the lab, with a variation each: at least 95 of 100 right, no innocent accused', {
  timeout: 240_000,
}, async () => {
  const examined: Examined[] = [];
  for (const [i, name] of sample.entries()) examined.push(await desk.examine(caseOf(name), i % 2));
  const { accuracy, falseRefusals, judged } = measured(examined);
  const wrong = judged.filter(({ right, found }) => right !== found).map(({ name, found }) => `${name}: ${found}`);
  assert.ok(accuracy >= 0.95, wrong.join('; '));
  assert.equal(falseRefusals, 0, wrong.join('; '));
  assert.ok(leftOut(examined).accuracy >= 0.8);
  const around = (name: string) => examined.find(({ one }) => one.name === name)?.evidence.acquaintance;
  assert.ok((around('forwarder-unsigned')?.carrier?.authorDomains ?? 0) >= 2, 'the forwarder is known');
  assert.equal(around('mailing-list-imitated')?.carrier?.messages, 0, 'the forger is not');
  assert.deepEqual(
    around('look-alike-domain')?.alikes.map(({ domain }) => domain),
    ['museum.example'],
  );
  assert.equal(around('dkim-replay')?.copies, 4);
  assert.equal(around('printer-direct-send')?.handling?.connector, 'Scan-to-mail');
});

test('a table without what excuses is measured as worse: the measure can tell', async () => {
  const examined = [await desk.examine(caseOf('partner-new-server'))];
  assert.equal(measured(examined).accuracy, 1);
  assert.equal(measured(examined, []).accuracy, 0);
});

test('the whole story of one message, and an overview of its sender', async () => {
  const { evidence, house } = await desk.examine(caseOf('spoof-clicked'));
  const means = { ...desk.means(), house };
  const one: Investigation = await investigate({ id: evidence.message.networkMessageId }, means);
  assert.equal(one.verdict.word, 'spoof');
  assert.equal(one.verdict.risk.level, 'critical');
  assert.ok(one.timeline.some(({ kind }) => kind === 'click'));
  assert.ok(one.nextSteps.some(({ name }) => name === 'purge'));
  assert.deepEqual(JSON.parse(JSON.stringify(one)).verdict, one.verdict, 'plain data');
  const told: string[] = [];
  const asked = { sender: evidence.message.senderFromDomain, limit: 5 };
  const overview = (await investigate(asked, { ...means, progress: (words) => told.push(words) })) as Overview;
  assert.ok(overview.count >= 2);
  assert.equal(overview.messages[0]?.word, 'spoof', 'the gravest first');
  assert.ok(overview.verdicts.reduce((sum, { messages }) => sum + messages, 0) === overview.messages.length);
  assert.ok(told.length > overview.messages.length);
});

test('a message that is not there is refused by name', async () => {
  await assert.rejects(investigate({ id: '00000000-0000-0000-0000-000000000000' }, desk.means()), { code: 'EVID0001' });
});
