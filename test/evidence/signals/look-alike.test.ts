import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bearsNameOf, hasMixedScripts, likenessOf } from '../../../src/evidence/signals/look-alike.ts';
import { isRoleName } from '../../../src/evidence/signals/role-names.ts';

test('a domain that is read for another', () => {
  assert.equal(likenessOf('rnuseum.example', 'museum.example'), 'letters');
  assert.equal(likenessOf('xn--bnk-6cd.example', 'bank.example'), 'letters');
  assert.equal(likenessOf('city-te1ecom.test', 'city-telecom.example'), 'letters');
  assert.equal(likenessOf('musuem.example', 'museum.example'), 'one-letter');
  assert.equal(likenessOf('museums.example', 'museum.example'), 'one-letter');
  assert.equal(likenessOf('museum.test', 'museum.example'), 'ending');
  assert.equal(likenessOf('museum-shop.test', 'museum.example'), 'added-words');
  assert.equal(likenessOf('mu5eum-shop.test', 'museum.example'), 'letters');
  assert.equal(likenessOf('modern-shop.test', 'modem.example'), 'added-words');
  assert.equal(likenessOf('museum.throwaway.test', 'museum.example'), 'in-front');
});

test('domains that are themselves, below each other, or merely alike', () => {
  assert.equal(likenessOf('mail.museum.example', 'museum.example'), undefined);
  assert.equal(likenessOf('library.example', 'museum.example'), undefined);
  assert.equal(likenessOf('shop.example', 'ship.example'), undefined);
  assert.equal(likenessOf('no domain', 'museum.example'), undefined);
  assert.equal(likenessOf('notmuseumatall.test', 'museum.example'), undefined);
});

test('a host that bears a name which is not its own', () => {
  assert.ok(bearsNameOf('bakery.throwaway.example', 'bakery.example'));
  assert.ok(bearsNameOf('files-receiver.throwaway.example', 'receiver.example'));
  assert.ok(bearsNameOf('my.parcel-post.throwaway.example', 'parcel-post.example'));
  assert.ok(!bearsNameOf('shop.bakery.example', 'bakery.example'));
  assert.ok(!bearsNameOf('bakeries.throwaway.example', 'bakery.example'));
});

test('letters of two alphabets in one label', () => {
  assert.ok(hasMixedScripts('xn--bnk-6cd.example'));
  assert.ok(!hasMixedScripts('xn--bcher-kva.example'));
  assert.ok(!hasMixedScripts('xn--e1afmkfd.example'), 'one alphabet throughout');
});

test('roles are nobody’s name', () => {
  assert.ok(isRoleName('Customer Service'));
  assert.ok(isRoleName('Accounts'));
  assert.ok(!isRoleName('Steelworks Accounts'));
  assert.ok(!isRoleName('Harriet Vane'));
});
