import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MailhuntError } from '../../src/errors/index.ts';
import { defaultSettings, readSettings } from '../../src/settings/index.ts';

const good: readonly [what: string, yaml: string, expected: object][] = [
  ['an empty file', '', {}],
  ['only comments', '# nothing\n', {}],
  ['a port', 'port: 9000', { port: 9000 }],
  ['a list', 'accepted_domains: [contoso.com, fabrikam.fr]', { accepted_domains: ['contoso.com', 'fabrikam.fr'] }],
  ['a flag and a size', 'demo: true\nmemory: 512 MB', { demo: true, memory: '512 MB' }],
  ['an alias', 'host: &h 127.0.0.1\nmemory: 1GB', { host: '127.0.0.1', memory: '1GB' }],
];

for (const [what, yaml, expected] of good) {
  test(`read: ${what}`, () => assert.deepEqual(readSettings(yaml, 'm.yaml'), { ...defaultSettings, ...expected }));
}

const bad: readonly [what: string, yaml: string, place: [number, number], words: RegExp][] = [
  ['an unknown name', 'port: 1\nporti: 2', [2, 1], /no setting "porti"; did you mean port\?/],
  ['another spelling', 'retention-days: 2', [1, 1], /did you mean retention_days/],
  ['a property of every object', 'constructor: 1', [1, 1], /no setting "constructor"/],
  ['another type', 'port: many', [1, 7], /port is a number/],
  ['out of range', 'host: a\nport: 70000', [2, 7], /whole number from 0 to 65535/],
  ['no value', 'port:', [1, 6], /port is a number/],
  ['no size', 'memory: lots', [1, 9], /size such as 3GB/],
  ['no domain', 'accepted_domains:\n  - "not a domain"', [2, 3], /"not a domain" is none/],
  ['domains below one', 'accepted_domains: [contoso.com, "*.contoso.com"]', [1, 19], /"\*\.contoso\.com" is none/],
  ['twice the same', 'port: 1\nport: 2', [2, 1], /unique/],
  ['no map', '- port', [1, 1], /a list of lines/],
  ['broken YAML', 'port: [1', [1, 9], /./],
  [
    'an alias bomb in a known place',
    `accepted_domains: &a [${'x.y,'.repeat(9)}x.y]\nhost: [${'*a,'.repeat(99)}*a]`,
    [2, 7],
    /alias/i,
  ],
  ['a huge file', `# ${'x'.repeat(1024 * 1024)}`, [1, 1], /larger than/],
];

for (const [what, yaml, [line, column], words] of bad) {
  test(`refused with its place: ${what}`, () => {
    assert.throws(
      () => readSettings(yaml, 'm.yaml'),
      (error: unknown) => {
        assert.ok(error instanceof MailhuntError);
        assert.equal(error.code, 'CONF0001');
        assert.match(error.message, words);
        assert.match(error.message, new RegExp(`^m\\.yaml line ${line}, column ${column}: `));
        return true;
      },
    );
  });
}
