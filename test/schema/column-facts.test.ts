import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bagTexts, columnFacts, tableNamed, valueDomains } from '../../src/schema/index.ts';

const facts = (table: string, column: string) => columnFacts(table, column, 'defender');

describe('what is known of a column', () => {
  it('is closed where a page closes it, with what was seen beside the page', () => {
    const direction = facts('EmailEvents', 'EmailDirection');
    assert.equal(direction?.kind, 'closed');
    assert.deepEqual(direction?.kind === 'closed' && direction.texts, ['Inbound', 'Outbound', 'Intra-org', 'Unknown']);
    assert.match(direction!.source, /^https:/);
  });

  it('is nothing where pages and records spell it differently, where a list is open, and where there is no such column', () => {
    for (const column of ['DeliveryLocation', 'DetectionMethods', 'ThreatTypes', 'Subject', 'Nothing'])
      assert.equal(facts('EmailEvents', column), undefined, column);
    assert.equal(facts('EmailPostDeliveryEvents', 'ActionType'), undefined);
    assert.equal(facts('Nothing', 'EmailDirection'), undefined);
  });

  it('differs by origin: mailhunt keeps both forms of a verdict', () => {
    assert.equal(facts('EmailEvents', 'AuthenticationDetails')?.kind, 'bag');
    assert.equal(columnFacts('EmailEvents', 'AuthenticationDetails', 'sentinel')?.kind, 'bag');
    assert.equal(columnFacts('EmailEvents', 'AuthenticationDetails', 'mailhunt'), undefined);
  });

  it('is the same object each time', () => {
    assert.equal(facts('EmailEvents', 'EmailDirection'), facts('EmailEvents', 'EmailDirection'));
  });

  it('tells ids from what is taken for ids', () => {
    const id = facts('EmailEvents', 'NetworkMessageId');
    const hash = facts('EmailAttachmentInfo', 'SHA256');
    assert.ok(id?.kind === 'format' && hash?.kind === 'format');
    assert.match('3c7b1317-ac21-4754-5a76-08dee4d61558', id.format);
    assert.doesNotMatch('<a@mail.contoso.com>', id.format);
    assert.match('<a@mail.contoso.com>', id.mistaken);
    assert.doesNotMatch('{MESSAGE}', id.mistaken);
    assert.doesNotMatch('d41d8cd98f00b204e9800998ecf8427e', hash.format);
    assert.match('d41d8cd98f00b204e9800998ecf8427e', hash.mistaken);
  });
});

describe('the texts of a bag', () => {
  it('are each key with each of its words or without it', () => {
    assert.deepEqual(bagTexts({ members: { A: ['x', 'y'], B: ['z'] }, holds: '' }).toSorted(), [
      '{"A":"x","B":"z"}',
      '{"A":"x"}',
      '{"A":"y","B":"z"}',
      '{"A":"y"}',
      '{"B":"z"}',
      '{}',
    ]);
  });

  it('are what the warnings at run time compare with', () => {
    const { AuthenticationDetails } = valueDomains(tableNamed('EmailEvents')!);
    assert.ok(
      AuthenticationDetails!.texts.includes('{"SPF":"pass","DKIM":"timeout","DMARC":"fail","CompAuth":"softpass"}'),
    );
    assert.equal(AuthenticationDetails!.texts.length, 8 * 8 * 7 * 5);
  });
});
