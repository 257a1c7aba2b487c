import { expect, test } from 'vitest';
import type { RegistrationCandidate } from '../component-registry/index.ts';
import { approvalAfter, decideIdentity, type Newcomer, type ShownKey } from './identity-decision.ts';

const newcomer = (changes: Partial<Newcomer> = {}): Newcomer => ({
  machineId: 'm1',
  hostname: 'DC01',
  address: '192.0.2.1',
  siteId: null,
  isLocal: false,
  ...changes,
});
const known = (changes: Partial<RegistrationCandidate> = {}): RegistrationCandidate => ({
  id: 'c1',
  name: 'DC01',
  approval: 'approved',
  machineId: 'm1',
  hostname: 'dc01',
  siteId: 'here',
  isLocal: false,
  address: '192.0.2.1',
  isHeard: true,
  isSettled: true,
  isOnline: true,
  isClaimed: false,
  ...changes,
});
const key = (changes: Partial<ShownKey> = {}): ShownKey => ({
  componentId: 'c1',
  machineId: 'm1',
  isProof: true,
  isSucceeded: false,
  ...changes,
});
const silent = { isHeard: false, isOnline: false };
const kindOf = (host: Newcomer, candidates: RegistrationCandidate[], shown?: ShownKey) =>
  decideIdentity(host, candidates, shown).kind;

test('the machine of a component is that component, whatever its name, its site and its silence', () => {
  expect(kindOf(newcomer(), [known()])).toBe('same');
  expect(kindOf(newcomer({ siteId: 'there' }), [known(silent)])).toBe('same');
  expect(kindOf(newcomer({ hostname: 'DC02' }), [known(silent)])).toBe('same');
  expect(kindOf(newcomer({ hostname: 'DC02' }), [known()], key())).toBe('same');
});

test('a copied disk under another name is a component of its own while the original lives', () => {
  expect(kindOf(newcomer({ hostname: 'DC02' }), [known()])).toBe('new');
  const two = [known(silent), known({ id: 'c2', hostname: 'DC02', ...silent })];
  expect(kindOf(newcomer({ hostname: 'DC03' }), two)).toBe('new');
  expect(decideIdentity(newcomer({ hostname: 'dc02' }), two, undefined)).toMatchObject({
    kind: 'same',
    component: { id: 'c2' },
  });
});

test('another machine of the name is a component of its own while the first lives, also with its key', () => {
  const other = newcomer({ machineId: 'm2' });
  expect(kindOf(other, [known()])).toBe('new');
  expect(kindOf(other, [known({ isOnline: false })], key())).toBe('new');
  expect(kindOf({ ...other, siteId: 'there' }, [known(silent)])).toBe('new');
  expect(kindOf(other, [known({ ...silent, isLocal: true })])).toBe('new');
  expect(kindOf({ ...other, siteId: 'here' }, [known(silent)])).toBe('successor');
});

test('where no machine id is given the name stands for it, but not against a machine that has one', () => {
  const nameless = newcomer({ machineId: undefined });
  expect(kindOf(nameless, [known({ machineId: null, ...silent })])).toBe('same');
  expect(kindOf({ ...nameless, siteId: 'there' }, [known({ machineId: null })])).toBe('new');
  expect(kindOf(nameless, [known()])).toBe('new');
  expect(kindOf(nameless, [known(silent)])).toBe('successor');
  expect(kindOf(nameless, [known()], key())).toBe('same');
  // A component that had no id gets that of the host which proves its key.
  expect(kindOf(newcomer(), [known({ machineId: null })], key({ machineId: null }))).toBe('same');
  expect(kindOf(newcomer(), [known({ machineId: null })])).toBe('new');
});

test('a name stands for no host that lives, whatever address it calls from', () => {
  const nameless = newcomer({ machineId: undefined });
  const holder = known({ machineId: null });
  expect(kindOf(nameless, [holder])).toBe('new');
  expect(kindOf(nameless, [{ ...holder, isOnline: false }])).toBe('new');
  expect(kindOf(nameless, [holder], key({ machineId: null }))).toBe('same');
  // One whose key another one of the name has taken while it was silent is itself once that one lives.
  expect(kindOf(nameless, [holder], key({ machineId: null, isProof: false, isSucceeded: true }))).toBe('new');
  // It has just registered, and asks once more.
  expect(kindOf(nameless, [{ ...holder, isSettled: false }])).toBe('same');
  expect(kindOf(nameless, [{ ...holder, isSettled: false, address: null }])).toBe('same');
});

test('a name stands for no host that has just registered and calls from another address', () => {
  const nameless = newcomer({ machineId: undefined, address: '192.0.2.9' });
  const holder = known({ machineId: null, isSettled: false });
  expect(kindOf(nameless, [holder])).toBe('new');
  expect(kindOf(nameless, [{ ...holder, isOnline: false }])).toBe('new');
  expect(kindOf(nameless, [holder], key({ machineId: null }))).toBe('same');
  expect(kindOf(nameless, [{ ...holder, ...silent }])).toBe('same');
  // It has registered and was not heard from otherwise: nothing says where it is.
  expect(kindOf(nameless, [{ ...holder, address: null }])).toBe('same');
  expect(kindOf({ ...nameless, machineId: 'm1' }, [known()])).toBe('same');
});

test.each(['revoked', 'rejected'] as const)(
  'a %s machine is barred, and nobody inherits from it',
  (approval) => {
    const barred = known({ approval, ...silent });
    expect(kindOf(newcomer(), [barred])).toBe('barred');
    expect(kindOf(newcomer({ hostname: 'DC02' }), [barred], key())).toBe('barred');
    expect(kindOf(newcomer({ machineId: undefined }), [barred])).toBe('barred');
    expect(kindOf(newcomer({ isLocal: true }), [{ ...barred, isLocal: true }])).toBe('barred');
    expect(kindOf(newcomer({ machineId: 'm2' }), [barred])).toBe('new');
  },
);

test('the server’s own component stays itself when its data is moved', () => {
  const own = known({ isLocal: true, machineId: 'before' });
  expect(kindOf(newcomer({ isLocal: true }), [own])).toBe('same');
  expect(kindOf(newcomer(), [own])).toBe('new');
});

test('a key that was replaced takes nothing back while its successor is in use', () => {
  const replaced = key({ isProof: false, isSucceeded: true });
  expect(kindOf(newcomer(), [known()], replaced)).toBe('in_use');
  expect(kindOf(newcomer(), [known(silent)], replaced)).toBe('same');
  expect(kindOf(newcomer(), [known()], key({ isProof: true }))).toBe('same');
});

test('a token that approves lets a machine in, but not another one into a component that exists', () => {
  const same = (isProved: boolean, changes: Partial<RegistrationCandidate> = {}) =>
    ({ kind: 'same', component: known(changes), isProved }) as const;
  const successor = (isProved: boolean, changes: Partial<RegistrationCandidate> = {}) =>
    ({ kind: 'successor', component: known(changes), isProved }) as const;
  expect(approvalAfter({ kind: 'new' }, true).approval).toBe('approved');
  expect(approvalAfter({ kind: 'new' }, false).approval).toBe('pending');
  expect(approvalAfter(same(false), true).approval).toBe('approved');
  expect(approvalAfter(same(false), false).approval).toBe('pending');
  expect(approvalAfter(same(true), false).approval).toBe('approved');
  expect(approvalAfter(same(true, { approval: 'pending' }), false).approval).toBe('pending');
  expect(approvalAfter(successor(false), true)).toEqual({ approval: 'pending', changedMachine: true });
  expect(approvalAfter(successor(true), false)).toEqual({ approval: 'approved', changedMachine: false });
  const claimed = { approval: 'pending', isClaimed: true } as const;
  expect(approvalAfter(same(true, claimed), true)).toEqual({ approval: 'pending', changedMachine: true });
});
