import type { RegistrationCandidate } from '../component-registry/index.ts';

/** The host that registers. */
export interface Newcomer {
  /** Undefined where it gives none: then its name stands for the machine. */
  machineId: string | undefined;
  hostname: string;
  /** The address that it calls from. */
  address: string;
  /** The site that it is to belong to; null where nothing says so. */
  siteId: string | null;
  /** Whether the launcher of this server vouches for it. */
  isLocal: boolean;
}

/** What a key that was shown says. */
export interface ShownKey {
  componentId: string;
  /** The machine that it was given to. */
  machineId: string | null;
  /** It proves the identity: it is in force, or was until a moment ago and nobody has used its successor yet. */
  isProof: boolean;
  /** A registration replaced it, and somebody uses its successor. */
  isSucceeded: boolean;
}

export type IdentityDecision =
  /** A component of its own. */
  | { kind: 'new' }
  /** The machine that the component is. */
  | { kind: 'same'; component: RegistrationCandidate; isProved: boolean }
  /** Another machine that goes on as a component which has fallen silent. */
  | { kind: 'successor'; component: RegistrationCandidate; isProved: boolean }
  /** A machine that may not come back until an administrator lets it. */
  | { kind: 'barred'; component: RegistrationCandidate }
  /** A machine whose identity a second one uses at this time. */
  | { kind: 'in_use'; component: RegistrationCandidate };

/**
 * Decides which component a host is that registers. A name is no identity, the machine id is: a live component is never
 * taken over by another machine, a silent one only by a person's leave, and a revoked one by nobody.
 */
export function decideIdentity(
  newcomer: Newcomer,
  candidates: readonly RegistrationCandidate[],
  shown: ShownKey | undefined,
): IdentityDecision {
  const proves = ({ id, machineId }: RegistrationCandidate) =>
    shown?.isProof === true && shown.componentId === id && shown.machineId === machineId;
  const own = ownComponent(newcomer, candidates, proves);
  if (own?.kind === 'found') {
    const { component } = own;
    if (isBarred(component)) return { kind: 'barred', component };
    if (shown?.componentId === component.id && shown.isSucceeded && component.isHeard) {
      return { kind: 'in_use', component };
    }
    return { kind: 'same', component, isProved: proves(component) };
  }
  if (own?.kind === 'copy') return { kind: 'new' };
  const heirOf = candidates.filter((component) => mayBeSucceeded(component, newcomer));
  const component = heirOf.find(proves) ?? heirOf[0];
  return component ? { kind: 'successor', component, isProved: proves(component) } : { kind: 'new' };
}

type Own = { kind: 'found'; component: RegistrationCandidate } | { kind: 'copy' };

/** Finds the component that the newcomer's machine is. `copy`: a live one of another name has the same machine id. */
function ownComponent(
  newcomer: Newcomer,
  candidates: readonly RegistrationCandidate[],
  proves: (component: RegistrationCandidate) => boolean,
): Own | undefined {
  const found = (component: RegistrationCandidate | undefined): Own | undefined =>
    component && { kind: 'found', component };
  const named = candidates.filter((component) => hasSameName(component, newcomer));
  const local = newcomer.isLocal ? named.find(({ isLocal }) => isLocal) : undefined;
  if (newcomer.machineId === undefined) return found(local ?? byName(newcomer, named, proves));
  const own = candidates.filter(({ machineId }) => machineId === newcomer.machineId);
  const exact = own.find(proves) ?? own.find((component) => hasSameName(component, newcomer)) ?? local;
  if (exact) return found(exact);
  const [first] = own;
  if (first === undefined) return found(named.find((known) => known.machineId === null && proves(known)));
  const barred = own.find(isBarred);
  if (barred) return found(barred);
  return own.length > 1 || first.isOnline ? { kind: 'copy' } : found(first);
}

/**
 * Finds the component of a host without a machine id: its name stands for it, but neither against a machine with an id nor
 * against one that lives. Which of them an address is of is not known: there are many behind one.
 */
function byName(
  newcomer: Newcomer,
  named: readonly RegistrationCandidate[],
  proves: (component: RegistrationCandidate) => boolean,
): RegistrationCandidate | undefined {
  const here = named.filter((component) => !isElsewhere(component, newcomer));
  const isItself = (component: RegistrationCandidate) =>
    component.machineId === null && !isAnother(component, newcomer);
  const free = here.filter(isItself);
  const atItsAddress = free.find(({ address }) => address === newcomer.address);
  return named.find(proves) ?? here.find(isBarred) ?? atItsAddress ?? free[0];
}

/** Whether a component lives, and is not the newcomer: it has registered long ago, or calls from another address. */
function isAnother({ isHeard, isSettled, address }: RegistrationCandidate, newcomer: Newcomer): boolean {
  return isHeard && (isSettled || (address !== null && address !== newcomer.address));
}

/** Whether another machine of the name may be the component's host, installed anew. */
function mayBeSucceeded(component: RegistrationCandidate, newcomer: Newcomer): boolean {
  return (
    hasSameName(component, newcomer) &&
    !isBarred(component) &&
    !component.isLocal &&
    !component.isHeard &&
    !isElsewhere(component, newcomer)
  );
}

function isBarred({ approval }: RegistrationCandidate): boolean {
  return approval === 'revoked' || approval === 'rejected';
}

function hasSameName(component: RegistrationCandidate, { hostname }: Newcomer): boolean {
  return component.hostname.toLowerCase() === hostname.toLowerCase();
}

function isElsewhere(component: RegistrationCandidate, { siteId }: Newcomer): boolean {
  return siteId !== null && siteId !== component.siteId;
}

/** What the token and the decision make of the approval. `changedMachine`: a person must let the new machine in. */
export function approvalAfter(
  decision: Extract<IdentityDecision, { kind: 'new' | 'same' | 'successor' }>,
  autoApprove: boolean,
): { approval: 'approved' | 'pending'; changedMachine: boolean } {
  const given = (isApproved: boolean) => ({
    approval: isApproved ? ('approved' as const) : ('pending' as const),
    changedMachine: false,
  });
  if (decision.kind === 'new') return given(autoApprove);
  const { component, isProved } = decision;
  const staysApproved = isProved && component.approval === 'approved';
  const needsPerson = decision.kind === 'successor' || component.isClaimed;
  if (needsPerson && !staysApproved) return { approval: 'pending', changedMachine: true };
  return given(autoApprove || staysApproved);
}
