import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSetup } from '../../src/gateway/index.ts';
import { docBlocks, gatewayPages } from './doc-page.ts';

test('every gateway.yaml that a page shows can be read', () => {
  const shown = gatewayPages().flatMap((page) =>
    docBlocks(page)
      .filter((block) => block.startsWith('hostname:'))
      .map((block) => ({ page, block })),
  );
  for (const { page, block } of shown) assert.doesNotThrow(() => readSetup(block, page, 'store'), page);
  assert.ok(shown.length >= 3, `${shown.length}`);
});
