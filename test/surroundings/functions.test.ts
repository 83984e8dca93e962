import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Rig } from './rig.ts';

test('a stored function is known to every query: scalars, tables, parameters with defaults, functions of functions', async () => {
  await using rig = await Rig.open();
  await rig.write('functions/Twice.kql', '// doubles\n(n:long) { n * 2 }');
  await rig.write(
    'functions/Numbers.kql',
    '(least:long=2)\n{\n  let top = Twice(2);\n  range n from least to top step 1\n}\n',
  );
  await rig.write('functions/Marked.kql', '(T:(n:long), mark:string) { T | extend mark = strcat(mark, n) };');
  assert.deepEqual((await rig.query('print Twice(21)')).rows, [[42]]);
  assert.deepEqual((await rig.query('Numbers()')).rows, [[2], [3], [4]]);
  assert.deepEqual((await rig.query('Numbers | count')).rows, [[3]]);
  assert.deepEqual((await rig.query("Numbers(3) | invoke Marked('x')")).rows, [
    [3, 'x3'],
    [4, 'x4'],
  ]);
  assert.deepEqual((await rig.query("database('mail').Numbers(4)")).rows, [[4]]);
  assert.deepEqual((await rig.query('let Twice = (n:long) { n * 3 }; print Twice(2)')).rows, [[6]]);
});

test('a stored function hides no table', async () => {
  await using rig = await Rig.open();
  await rig.write('functions/Mail.kql', '() { print hidden = 1 }');
  await rig.write('functions/Beside.kql', '() { Mail | take 1 }');
  for (const text of ['Mail | take 1', 'Beside()'])
    assert.equal((await rig.query(text)).columns[0], 'Timestamp:datetime');
});

test('a stored function does not see the lets of the query that calls it', async () => {
  await using rig = await Rig.open();
  await rig.write('functions/Open.kql', '() { print hidden }');
  await assert.rejects(rig.query('let hidden = 1; Open()'), {
    code: 'KQL0011',
    message: /^the stored function Open: .*'hidden'/,
  });
});

test('a function that is broken does not disturb other queries, and its errors name it and the place of the call', async () => {
  await using rig = await Rig.open();
  await rig.write('functions/Broken.kql', '(n:long) { print n | ');
  await rig.write('functions/Wrong.kql', '() { Nowhere | take 1 }');
  await rig.write('functions/Refused.kql', '() { print x = 1 | evaluate http_request("https://a.example") }');
  await rig.write('functions/Empty.kql', '// nothing yet\n');
  await rig.write('functions/not a name.kql', '() { print 1 }');
  await rig.write('functions/Outer.kql', '() { Refused() }');
  assert.deepEqual((await rig.query('print 1')).rows, [[1]]);
  const failing = async (text: string, message: RegExp) =>
    assert.rejects(rig.query(text), (error: Error & { code: string; span: { start: number } }) => {
      assert.equal(error.code, 'KQL0011');
      assert.match(error.message, message);
      assert.equal(error.span.start, 1);
      return true;
    });
  await failing('\nBroken(1)', /^the stored function Broken: /);
  await failing('\nWrong()', /^the stored function Wrong: .*Nowhere/);
  await failing('\nRefused()', /^the stored function Refused: .*http_request/);
  await failing('\nOuter()', /^the stored function Outer: /);
  await failing('\nEmpty()', /^the stored function Empty: its file is empty/);
});

test('a function that calls itself is refused', async () => {
  await using rig = await Rig.open();
  await rig.write('functions/Round.kql', '(n:long) { Round(n + 1) }');
  await rig.write('functions/A.kql', '() { B() }');
  await rig.write('functions/B.kql', '() { A() }');
  await assert.rejects(rig.query('print Round(1)'));
  await assert.rejects(rig.query('A()'));
  assert.deepEqual((await rig.query('print 1')).rows, [[1]]);
});

test('warnings inside a stored function point at the call', async () => {
  await using rig = await Rig.open();
  await rig.write('functions/Where.kql', '(a:string) { geo_info_from_ip_address(a) }');
  const { rows, warnings } = await rig.query("print w = Where('192.0.2.1')");
  assert.deepEqual(rows, [[null]]);
  assert.deepEqual(
    warnings.map(({ code, span }) => [code, span]),
    [['WARN0003', { start: 10, length: 18 }]],
  );
});

test('FileProfile() adds its columns, empty, and says that there is no source', async () => {
  await using rig = await Rig.open();
  const rows = "datatable(SHA1:string, MD5:string, Other:string)['aa', 'mine', 'o']";
  const calls = ['FileProfile()', 'FileProfile(SHA1)', "FileProfile('SHA1', 500)", 'FileProfile(Other, 10000)'];
  for (const call of calls) {
    const {
      columns,
      rows: found,
      warnings,
    } = await rig.query(
      `${rows} | invoke ${call} | project SHA1, MD5, GlobalPrevalence, Signer, SignatureState, ProfileAvailability, GlobalFirstSeen`,
    );
    assert.deepEqual(found, [['aa', 'mine', null, '', '', '', null]], call);
    assert.equal(columns[2], 'GlobalPrevalence:int');
    assert.deepEqual(
      warnings.map(({ code }) => code),
      ['WARN0003'],
    );
    assert.match(warnings[0]!.message, /no source for FileProfile/);
  }
  for (const call of ['FileProfile(Nope)', "FileProfile('Nope')", 'FileProfile(SHA1, 1.5)', 'FileProfile(SHA1, 0)'])
    await assert.rejects(rig.query(`${rows} | invoke ${call}`), { code: 'KQL0005' }, call);
  await assert.rejects(rig.query('print x = 1 | invoke FileProfile()'), { code: 'KQL0005' });
});

test('names of this database, of its cluster and of the workspace; others are refused by name', async () => {
  await using rig = await Rig.open({ aliases: ['contoso', 'help.kusto.windows.net'] });
  const own = [
    "database('mail').Mail",
    "database('NetDefaultDB').Mail",
    "database('contoso').Mail",
    "cluster('local').database('mail').Mail",
    "cluster('http://127.0.0.1:8719').database('mail').Mail",
    "cluster('help').database('contoso').Mail",
    "workspace('contoso').Mail",
    "workspace('CONTOSO').Mail",
    "table('Mail')",
    "let t = 'Mail'; table(t, 'all')",
    "let f = (t:string) { table(t) }; f('Mail')",
  ];
  const { rows } = await rig.query('Mail | count');
  for (const text of own) assert.deepEqual((await rig.query(`${text} | count`)).rows, rows, text);
  for (const text of [
    "cluster('other').database('mail').Mail",
    "workspace('other').Mail",
    "cluster('help').database('x').Mail",
  ])
    await assert.rejects(rig.query(text), /other|'x'/, text);
  await assert.rejects(rig.query("workspace('other').Mail | count"), {
    code: 'KQL0005',
    message: /aliases in mailhunt\.yaml/,
  });
  await assert.rejects(rig.query("table('Nope')"));
  await assert.rejects(rig.query("table('Mail', 'cold')"), { code: 'KQL0005' });
});
