import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { describe, it } from 'node:test';
import { type ExportedFile, queryRule, type Rule, ruleSite } from '../../../src/rules/index.ts';
import { constant, html, outside } from '../../../src/rules/publish/site/html.ts';
import { kqlMarks } from '../../../src/rules/publish/site/kql-marks.ts';
import { inTime } from '../../in-time.ts';

const now = 638_881_776_000_000_000n;
const hostile = `"><script>alert(1)</script><img src=x onerror='alert(2)'>\u202e\u0000`;

const rule = (name: string, given: Partial<Rule> = {}): Rule =>
  queryRule('EmailEvents\n| where Subject has "<b>x</b>"', `rules/${name.slice(0, 20)}.yaml`, {
    name,
    severity: 'High',
    tactics: ['InitialAccess'],
    techniques: ['T1566.002'],
    ...given,
  });

const evil = rule(hostile, {
  query: `EmailEvents // </code></pre>${hostile}\n| where Subject has "${hostile.replaceAll('"', "'")}"`,
  description: `Text ${hostile}`,
  tactics: [hostile],
  techniques: [hostile, 'T1566', 'index'],
  tags: [hostile],
  version: hostile,
  id: hostile,
  customDetails: { [hostile]: hostile },
  provenance: { path: `a/${hostile}.yaml`, repository: 'javascript:alert(1)', commit: hostile, retrievedAt: hostile },
  connectors: [{ connectorId: hostile, dataTypes: ['EmailEvents'] }],
  story: {
    hypothesis: hostile,
    severityReason: hostile,
    falsePositives: [{ description: hostile, watchlist: hostile }],
    response: [{ action: 'purge', when: hostile, how: hostile }],
    investigation: [`${hostile}\n${hostile}`],
    companions: [hostile, 'Second'],
    tuning: [hostile],
    references: [
      'javascript:alert(3)',
      `https://a.example/${hostile}`,
      'https://a.example/?a=1&b="',
      'https://b.example/x',
    ],
    atomicTest: { scenario: hostile, steps: [hostile] },
  },
});

const site = (rules: readonly Rule[], url?: string): readonly ExportedFile[] =>
  ruleSite(
    rules.map((one) => [one, { verdict: 'proved', lint: { error: 0, warning: 2, note: 0 } }]),
    { now, title: `Rules ${hostile}`, ...(url === undefined ? {} : { url }) },
  );
const rules = [evil, rule('Second'), rule('Third', { severity: 'Low', kind: 'nrt', techniques: ['T1672'] })];
const files = site(rules, 'https://rules.example/mail');
const pages = files.filter(({ path }) => path.endsWith('.html'));
const textOf = (path: string): string => files.find((file) => file.path === path)!.text;

/** Tags with their attributes, style and script aside. */
const tagsOf = (text: string): string[] =>
  text.replaceAll(/(?<=<(style|script)>)[\s\S]*?(?=<\/\1>)/g, '').match(/<[a-z!/][^>]*>/gi) ?? [];

describe('a site of rules', () => {
  it('has a page for each rule and technique, a first page and a feed', () => {
    const paths = files.map(({ path }) => path);
    for (const path of [
      'index.html',
      'rules/second.html',
      'techniques/index.html',
      'techniques/T1672.html',
      'feed.xml',
    ])
      assert.ok(paths.includes(path), path);
    assert.equal(new Set(paths).size, paths.length);
    for (const path of paths) assert.match(path, /^[\w./-]+$/);
  });

  it('shows hostile texts and acts on none', () => {
    for (const { path, text } of pages) {
      assert.equal(text.match(/<script>/g)?.length ?? 0, /^(?:index|rules)/.test(path) ? 1 : 0, path);
      assert.doesNotMatch(text, /[\u0000\u202e]/, path);
      for (const tag of tagsOf(text)) {
        assert.doesNotMatch(
          tag.replaceAll(/"[^"]*"/g, '""'),
          /\s(?:on\w+|src|style)=|<(?:img|svg|iframe|object)/i,
          `${path}: ${tag}`,
        );
        assert.doesNotMatch(tag, /(?:href|src)="\s*(?!https:)[a-z]+:/i, `${path}: ${tag}`);
        assert.match(tag, /^<(?:!doctype html|\/?[a-z][a-z0-9]*(?: [a-z-]+(?:="[^"<>]*")?)*)>$/, `${path}: ${tag}`);
      }
    }
    const page = pages.find(({ text }) => text.includes('<h1>&quot;&gt;&lt;script&gt;'))!;
    assert.ok(page.text.includes('&lt;img src=x onerror=&#39;alert(2)&#39;&gt;'));
  });

  it('opens and closes its tags in order', () => {
    const empty = new Set(['meta', 'link', 'input', 'br', '!doctype']);
    for (const { path, text } of pages) {
      const open: string[] = [];
      for (const tag of tagsOf(text)) {
        const name = /^<\/?(!?[a-z0-9]+)/i.exec(tag)![1]!;
        if (tag.startsWith('</')) assert.equal(open.pop(), name, `${path}: ${tag}`);
        else if (!empty.has(name)) open.push(name);
      }
      assert.deepEqual(open, [], path);
    }
  });

  it('lets nothing in from outside: a policy of hashes, and only links that lead out', () => {
    for (const { path, text } of pages) {
      assert.match(
        text,
        /http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;sha256-/,
        path,
      );
      assert.doesNotMatch(text, /unsafe-inline/, path);
      for (const [, address] of text.matchAll(/<a [^>]*href="([a-z]+:[^"]*)"/g))
        assert.match(address!, /^https:\/\/(?:attack\.mitre\.org|[ab]\.example)\//);
    }
    assert.ok(textOf('index.html').includes('href="rules/second.html"'));
  });

  it('has a page behind each of its links', () => {
    const paths = new Set(files.map(({ path }) => path));
    let links = 0;
    for (const { path, text } of pages)
      for (const [, to] of text.matchAll(/href="([^"#:]+)"/g)) {
        links++;
        assert.ok(paths.has(posix.join(posix.dirname(path), to!)), `${path} → ${to}`);
      }
    assert.ok(links > 20);
  });

  it('has the same bytes for the same rules', () => {
    assert.deepEqual(site(rules, 'https://rules.example/mail'), files);
  });

  it('links companions that it has, and shows what the first page is searched by', () => {
    const page = pages.find(({ text }) => text.includes('<h1>&quot;&gt;&lt;script&gt;'))!;
    assert.ok(page.text.includes('<a href="second.html">Second</a>'));
    assert.match(
      textOf('index.html'),
      /<tr data-severity="Low" data-kind="nrt" data-tactic="InitialAccess" data-technique="T1672"/,
    );
    assert.match(textOf('index.html'), /3 rules for 5 techniques of ATT&amp;CK, 3 of them proved/);
  });

  it('has a feed that is XML, with links where the place is known', () => {
    const feed = textOf('feed.xml');
    assert.equal(feed.match(/<item>/g)!.length, 3);
    assert.ok(feed.includes('<link>https://rules.example/mail/rules/second.html</link>'));
    assert.doesNotMatch(feed, /<script|[\u0000]/);
    const bare = site(rules).find(({ path }) => path === 'feed.xml')!.text;
    assert.equal(bare.match(/<link>/g)!.length, 1);
  });
});

describe('a template', () => {
  it('escapes texts and lets HTML be', () => {
    assert.equal(
      html`<p title="${`"'<&>`}">${[1, constant('<br>'), undefined, false, 'a']}</p>`.text,
      `<p title="&quot;&#39;&lt;&amp;&gt;">1<br>a</p>`,
    );
  });

  it('links to addresses of the web and to nothing else', () => {
    assert.equal(
      outside('https://a.example/x').text,
      '<a href="https://a.example/x" rel="noopener noreferrer">https://a.example/x</a>',
    );
    for (const address of [
      'javascript:alert(1)',
      'data:text/html,x',
      '//a.example',
      'https://user@a.example/',
      'https://',
      'https://a b',
    ])
      assert.doesNotMatch(outside(address).text, /<a/, address);
  });
});

describe('marks of a query', () => {
  it('leave its text as it is', () => {
    const query = `T // it's "so"\n| where a == @"c:\\" and b has 'x' // y\n| take 10\n| where z == "open`;
    const plain = kqlMarks(query).text.replaceAll(/<\/?[biqu]>/g, '');
    assert.equal(plain, html`${query}`.text);
    assert.match(kqlMarks(query).text, /<b>where<\/b> a == /);
    assert.match(kqlMarks(query).text, /<i>\/\/ it&#39;s &quot;so&quot;<\/i>/);
  });

  it('take no time over quotes that never close', async () => {
    await inTime(1000, () => kqlMarks(`${'"\\'.repeat(40_000)}`));
  });
});
