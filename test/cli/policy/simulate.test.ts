import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { widthOf } from '../../../src/cli/width.ts';
import type { Replay } from '../../../src/policy/index.ts';
import { isWithin, least } from '../../in-time.ts';
import { ran } from '../world.ts';

const folder = mkdtempSync(join(tmpdir(), 'cli-simulate-'));
after(() => rmSync(folder, { recursive: true }));
const file = (name: string): string => join(folder, name);

/** The lab's mail is of another day than the clock of these tests. */
const SINCE = ['--since', '90d'];

describe('mailhunt policy simulate', () => {
  before(async () => {
    assert.equal((await ran(['lab', 'build', file('lab')])).code, 0);
    assert.equal((await ran(['policy', 'init', file('policy.yaml')])).code, 0);
    for (const name of ['exact-domain-spoof-reject', 'mailing-list', 'untrusted-arc-sealer']) await ingest(name);
    const text = readFileSync(file('policy.yaml'), 'utf8');
    writeFileSync(
      file('stern.yaml'),
      text.replace(/^name: .*$/m, 'name: "Stern <b>"').replaceAll('quarantine', 'none'),
    );
  });

  const ingest = async (name: string) => {
    const { code, err } = await ran([
      ...['ingest', file(`lab/${name}.eml`), '--dns', file(`lab/${name}.zone`)],
      ...['--config', file('lab/receiver.yaml'), '--store', file('store')],
    ]);
    assert.equal(code, 0, `${name}: ${err}`);
  };

  const simulate = (policies: readonly string[], more: readonly string[] = [], width?: number) =>
    ran(
      ['policy', 'simulate', ...policies.map(file), '--store', file('store'), ...SINCE, ...more],
      width === undefined ? {} : { width },
    );
  const json = async (policies: readonly string[], more: readonly string[] = []) => {
    const { out, code } = await simulate(policies, ['--json', ...more]);
    return { code, replay: JSON.parse(out) as Replay };
  };

  it('tells people whom it would hurt, no line wider than the terminal', async () => {
    for (const width of [80, 120]) {
      const { out } = await simulate(['policy.yaml'], ['--config', file('lab/receiver.yaml')], width);
      assert.match(out, /Honour the owner's policy \(Audit\), as it would be in Enforce/);
      assert.match(out, / 550 5\.7\.26 Rejected/);
      assert.match(out, /exception 1 let 1 message go/);
      for (const line of out.split('\n'))
        assert.ok(widthOf(line.replaceAll(/\u001b\[\d*m/g, '')) <= width || line.includes('TXT'), line);
    }
  });

  it('ends with 1 where innocent mail would be refused, and says the mend on either side', async () => {
    const trusting = await json(['policy.yaml'], ['--config', file('lab/receiver.yaml')]);
    const groups = trusting.replay.simulations[0]!.groups;
    assert.ok(groups.length > 0 && groups.every(({ look }) => look !== undefined));
    assert.equal(trusting.code, 0);
    assert.ok(groups.every(({ isInnocent }) => isInnocent === false));
    const { code, replay } = await json(['policy.yaml']);
    assert.equal(code, 1);
    const [innocent, ...more] = replay.simulations[0]!.groups.filter(({ isInnocent }) => isInnocent === true);
    assert.equal(more.length, 0);
    assert.deepEqual(
      [innocent!.author, innocent!.carrier, innocent!.look!.word, innocent!.sealer],
      ['bank.example', 'lists.example', 'forwarder-or-list', 'lists.example'],
    );
    // One message makes nobody known, whatever its seal says.
    assert.equal(innocent!.mend!.isSafe, false);
    assert.match(innocent!.mend!.words, /only if you know who that is/);
  });

  it('looks at nothing where that is asked for', async () => {
    const { code, replay } = await json(['policy.yaml'], ['--look', '0']);
    assert.equal(code, 0);
    assert.ok(replay.simulations[0]!.groups.every(({ look }) => look === undefined));
  });

  it('compares two policies', async () => {
    const { replay } = await json(['policy.yaml', 'stern.yaml'], ['--look', '0']);
    assert.equal(replay.simulations.length, 2);
    const { same, differing } = replay.comparison!;
    assert.equal(same + differing, replay.simulations[0]!.messages);
    const { out } = await simulate(['policy.yaml', 'stern.yaml'], ['--look', '0']);
    assert.match(out, /From “Honour the owner's policy” to “Stern <b>”/);
  });

  it('writes a line for every message', async () => {
    const { replay } = await json(['policy.yaml', 'stern.yaml'], ['--look', '0', '--messages', file('m.jsonl')]);
    const lines = readFileSync(file('m.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.equal(lines.length, replay.simulations[0]!.messages);
    const refused = lines.filter(({ action }) => action === 'Reject');
    assert.equal(refused[0].rule, 'Refuse what its owner wants refused');
    assert.match(refused[0].answer, /^550 5\.7\.26 /);
    assert.deepEqual(Object.keys(lines[0]), ['id', 'time', 'from', 'recipients', 'rule', 'action', 'answer', 'second']);
  });

  it('writes one safe page', async () => {
    const { code } = await simulate(['policy.yaml', 'stern.yaml'], ['--html', file('r.html')]);
    assert.ok(code === 0 || code === 1);
    const page = readFileSync(file('r.html'), 'utf8');
    assert.match(page, /Content-Security-Policy" content="default-src &#39;none&#39;|default-src 'none'/);
    assert.doesNotMatch(page, /<script|<b>"|Stern <b>|<img|<link|href=/);
    assert.match(page, /Stern &lt;b&gt;/);
  });

  it('shows on a terminal how far it is, and leaves nothing of it there', async () => {
    const { err } = await ran(['policy', 'simulate', file('policy.yaml'), '--store', file('store'), ...SINCE], {
      width: 80,
    });
    assert.match(err, /^\r\u001b\[Kreading who was known before/);
    assert.match(err, /\r\u001b\[Klooking at \d+ of \d+: /);
    assert.match(err, /\r\u001b\[K$/);
    assert.equal((await simulate(['policy.yaml'])).err, '', 'nothing of it in a pipe');
  });

  for (const [when, words] of [
    ['mail is read', /reading who/],
    ['messages are investigated', /looking at/],
  ] as const) {
    it(`ends within a second of Ctrl-C while ${when}`, async () => {
      const took = await least(1000, async () => {
        const stop = new AbortController();
        let stopped = Number.NaN;
        const { code, out, err } = await ran(
          ['policy', 'simulate', file('policy.yaml'), '--store', file('store'), ...SINCE],
          {
            width: 80,
            signal: stop.signal,
            watch: (text) => {
              if (!words.test(text) || stop.signal.aborted) return;
              stopped = performance.now();
              stop.abort();
            },
          },
        );
        const ended = performance.now();
        assert.deepEqual([code, out], [130, ''], err);
        assert.match(err, /\r\u001b\[K$/);
        return ended - stopped;
      });
      assert.ok(isWithin(took, 1000));
    });
  }

  for (const [what, args, words] of [
    ['no policy', [], /give a policy/],
    ['a number that is none', ['policy.yaml', '--look', 'x'], /--look x/],
    ['a time to come', ['policy.yaml', '--since', '2999-01-01'], /--since 2999-01-01/],
    ['a folder that is not there', ['policy.yaml', '--messages', '/nowhere/m.jsonl'], /--messages .*ENOENT/],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const [first, ...more] = args;
      const { code, err } = await ran([
        ...['policy', 'simulate', '--store', file('store')],
        ...(first === undefined ? [] : [file(first)]),
        ...more,
      ]);
      assert.equal(code, 2);
      assert.match(err, words);
    });
  }
});
