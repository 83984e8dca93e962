import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Books, type CopyOfLetter, compare, type RowOfLetter } from './accounts.ts';
import type { Attempt } from './ledger.ts';
import type { Fate } from './letters.ts';

const attempt = (number: number, code: number | undefined, isSent = true): Attempt => ({
  ...{ letter: 1, number, isSent, code },
  text: `${code}`,
});

const copy = (of: number, changes: Partial<CopyOfLetter> = {}): CopyOfLetter => ({
  ...{ letter: 1, attempt: of, isAnswered: true, isWhole: true },
  ...changes,
});

const row = (action: string, code: number, changes: Partial<RowOfLetter> = {}): RowOfLetter => ({
  ...{ letter: 1, recipient: 'anna@receiver.example', id: `id-${code}`, action, code },
  ...changes,
});

/** What is found of one letter. */
function found(fate: Fate, books: Partial<Omit<Books, 'letters'>>): readonly string[] {
  const letters = [{ number: 1, fate, recipients: ['anna@receiver.example'] }];
  return compare({ letters, attempts: [], copies: [], held: [], rows: [], ...books }).map(({ what }) => what);
}

const delivered = { attempts: [attempt(1, 250)], copies: [copy(1)], rows: [row('Deliver', 250)] };
const refused = { attempts: [attempt(1, 550)], rows: [row('Reject', 550)] };
const kept = { attempts: [attempt(1, 250)], held: [1], rows: [row('Quarantine', 250)] };

test('books that agree', () => {
  assert.deepEqual(found('delivered', delivered), []);
  assert.deepEqual(found('refused', refused), []);
  assert.deepEqual(found('quarantined', kept), []);
  assert.deepEqual(found('discarded', { attempts: [attempt(1, 250)], rows: [row('DeleteMessage', 250)] }), []);
});

test('a letter that was taken and is nowhere is lost', () => {
  assert.deepEqual(found('delivered', { ...delivered, copies: [] }), ['lost']);
  assert.deepEqual(found('quarantined', { ...kept, held: [] }), ['lost']);
});

test('a letter that was never answered is unsettled', () => {
  assert.deepEqual(found('delivered', {}), ['unsettled']);
  assert.deepEqual(found('delivered', { attempts: [attempt(1, 451), attempt(2, undefined, false)] }), ['unsettled']);
});

test('a second copy is one too many', () => {
  assert.deepEqual(found('delivered', { ...delivered, copies: [copy(1), copy(1)] }), ['doubled']);
});

test('… but where the sender was cut off behind its dot, and only there', () => {
  const twice = { ...delivered, copies: [copy(1), copy(2)] };
  assert.deepEqual(found('delivered', { ...twice, attempts: [attempt(1, undefined), attempt(2, 250)] }), []);
  assert.deepEqual(found('delivered', { ...twice, attempts: [attempt(1, undefined, false), attempt(2, 250)] }), [
    'doubled',
  ]);
});

test('… or where the next hop died before it could say 250; told 451 although it had said it, it is doubled', () => {
  const attempts = [attempt(1, 451), attempt(2, 250)];
  const unheard = [copy(1, { isAnswered: false }), copy(2)];
  assert.deepEqual(found('delivered', { ...delivered, attempts, copies: unheard }), []);
  assert.deepEqual(found('delivered', { ...delivered, attempts, copies: [copy(1), copy(2)] }), ['doubled']);
});

test('what was to be refused, kept or thrown away and stands at the next hop was let through', () => {
  assert.deepEqual(found('refused', { ...refused, copies: [copy(1)] }), ['let through']);
  assert.deepEqual(found('quarantined', { ...kept, copies: [copy(1)] }), ['let through']);
});

test('a refusal of what was to be delivered, and the other way round', () => {
  const refusal = { attempts: [attempt(1, 550)], rows: [row('Deliver', 550)] };
  assert.deepEqual(found('delivered', refusal), ['wrong answer']);
  assert.deepEqual(found('refused', { attempts: [attempt(1, 250)], rows: [row('Reject', 250)] }), ['wrong answer']);
});

test('an answer without a row is unaccounted, and so is a row that says something else', () => {
  assert.deepEqual(found('delivered', { ...delivered, rows: [] }), ['unaccounted']);
  assert.deepEqual(found('delivered', { ...delivered, rows: [row('Deliver', 451)] }), ['unaccounted']);
  assert.deepEqual(found('delivered', { ...delivered, rows: [row('Reject', 250)] }), ['unaccounted']);
  const other = row('Deliver', 250, { recipient: 'eve@receiver.example' });
  assert.deepEqual(found('delivered', { ...delivered, rows: [...delivered.rows, other] }), ['unaccounted']);
});

test('rows: one for each final answer, one more where the sender was cut off, none twice', () => {
  const second = row('Deliver', 250, { id: 'another' });
  const rows = [...delivered.rows, second];
  assert.deepEqual(found('delivered', { ...delivered, rows }), ['doubled']);
  const attempts = [attempt(1, undefined), attempt(2, 250)];
  assert.deepEqual(found('delivered', { attempts, copies: [copy(2)], rows }), []);
  const same = [...delivered.rows, ...delivered.rows];
  assert.deepEqual(found('delivered', { attempts, copies: [copy(2)], rows: same }), ['doubled']);
});

test('a letter, or a copy, that nobody sent', () => {
  assert.deepEqual(found('delivered', { ...delivered, copies: [copy(1), copy(7)] }), ['unaccounted']);
  assert.deepEqual(found('delivered', { ...delivered, copies: [copy(1), copy(1, { letter: 2 })] }), ['unaccounted']);
  assert.deepEqual(found('delivered', { ...delivered, held: [Number.NaN] }), ['unaccounted']);
});

test('a copy that is not whole', () => {
  assert.deepEqual(found('delivered', { ...delivered, copies: [copy(1, { isWhole: false })] }), ['damaged']);
});
