import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rig, send } from './rig.ts';

test('the start page says what there is, escaped, and lets nothing run', async () => {
  await using here = await rig();
  const { status, headers, text } = await send(here.server.address, '/');
  assert.equal(status, 200);
  assert.equal(headers['content-type'], 'text/html; charset=utf-8');
  assert.match(String(headers['content-security-policy']), /default-src 'none'; style-src 'sha256-[\w+/=]+'/);
  assert.equal(headers['x-content-type-options'], 'nosniff');
  assert.ok(text.includes('<td>Odd&#39;&lt;b&gt;]|;</td><td class="number">2</td>'));
  assert.ok(text.includes(here.server.address));
  assert.equal(text.match(/<pre>/g)?.length, 3);
  assert.doesNotMatch(text, /<script|src=|href=/);
});
