import type { RegisterRequest, RegisterResponse } from '@stratora/contract';
import { adoptOrphans, ensureReportedNode } from '../../inventory/nodes/index.ts';
import { findSiteIdByName } from '../../inventory/sites/index.ts';
import { type Actor, appendAudit } from '../../platform/audit/index.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import { markDirty } from '../../platform/dirty-marks/index.ts';
import { publishEvents } from '../../platform/events/index.ts';
import { appError, fieldError } from '../../platform/http/index.ts';
import {
  type ComponentEntry,
  distinctName,
  insertComponent,
  isBarredOtherwise,
  isRetry,
  lockCandidates,
  lockHost,
  renewComponent,
} from '../component-registry/index.ts';
import { forgetReportedHostname } from '../component-reports/index.ts';
import { approvalAfter, decideIdentity, type IdentityDecision, type ShownKey } from './identity-decision.ts';
import { firstAddress } from './node-address.ts';
import type { HeldToken } from './token-queries.ts';
import { requireKnownToken, takeToken } from './token-service.ts';

/** A key for a component, and the machine that it is given to. */
export interface GivenKey {
  id: string;
  bcrypt: string;
  machineId: string | null;
}

/** The part of component-keys that registration needs. */
export interface KeyMint {
  /** Makes a new key, with the hash that is stored; costs one bcrypt. */
  mint(): Promise<{ key: string; id: string; bcrypt: string }>;
  /** Finds whose key it is and what it proves; undefined for a wrong one. */
  recognize(key: string, address: string): Promise<ShownKey | undefined>;
  /** Replaces the keys of a component by this one: all of them, or those of the same machine alone. */
  replace(tx: Tx, componentId: string, key: GivenKey, which: 'all' | 'same machine'): Promise<void>;
  /** Marks the keys of a component as changed on this server. */
  forget(componentId: string): void;
}

export interface RegistrationCall {
  request: RegisterRequest;
  /** The key that came along as proof of an old identity. */
  oldKey: string | undefined;
  /** Address of the caller. */
  address: string;
  requestId: string;
}

export interface RegistrationResult {
  isNew: boolean;
  answer: RegisterResponse;
}

/** Chooses the template of an agent's node by the reported system: `win32` from Node.js, `windows` from others. */
function agentTemplate(os: string): string {
  return /^win/i.test(os) ? 'windows-agent' : 'linux-agent';
}

export interface RegistrationServiceOptions {
  db: Database;
  keys: KeyMint;
}

/**
 * The service that registers a component, or registers it again. The same machine and type is always the same component,
 * with a new key; its approval stays only with proof of the old key or a token that approves by itself, so a leaked
 * token alone can take over nobody's secrets. The rules are in `decideIdentity`.
 */
export class RegistrationService {
  readonly #db: Database;
  readonly #keys: KeyMint;

  constructor({ db, keys }: RegistrationServiceOptions) {
    this.#db = db;
    this.#keys = keys;
  }

  /** Registers a component. @throws AppError enrollment_token_*, validation_failed, component_revoked, identity_in_use */
  async register(call: RegistrationCall): Promise<RegistrationResult> {
    // Checked before bcrypt is reached: nobody without a token may cost us a third of a second.
    await requireKnownToken(this.#db, call.request.enrollment_token);
    const { oldKey, address } = call;
    const shown = oldKey === undefined ? undefined : await this.#keys.recognize(oldKey, address);
    const key = await this.#keys.mint();
    const result = await this.#db.transaction().execute((tx) => this.#register(tx, call, { key, shown }));
    // A re-enrolment ends the old key on this server with its answer.
    this.#keys.forget(result.answer.component_id);
    return result;
  }

  async #register(
    tx: Tx,
    call: RegistrationCall,
    { key, shown }: { key: Awaited<ReturnType<KeyMint['mint']>>; shown: ShownKey | undefined },
  ): Promise<RegistrationResult> {
    const { request } = call;
    const token = await takeToken(tx, request.enrollment_token, request.component_type, (id) =>
      isRetry(tx, request, id),
    );
    const siteId = token.site_id ?? (await findNamedSite(tx, request.site_name));
    const entered = await enter(tx, call, { token, siteId, shown });
    const { id, approval, isNew, changedMachine } = entered;
    const given = { id: key.id, bcrypt: key.bcrypt, machineId: entered.machineId };
    await this.#keys.replace(tx, id, given, changedMachine ? 'same machine' : 'all');
    const node =
      request.component_type === 'agent' ? await reportedNode(tx, call, { ...entered, siteId }) : undefined;
    if (token.is_local && request.component_type === 'collector') await adoptOrphans(tx, id);
    await markDirty(tx, [id], { cause: `${request.component_type} registered`, actor: null });
    await publishEvents(tx, [
      { name: 'component_changed', data: { id, change: isNew ? 'created' : 'updated' } },
      ...(node?.isNew ? [{ name: 'node_changed' as const, data: { id: node.id, change: 'created' } }] : []),
    ]);
    await appendAudit(tx, actorOf(call), auditOf(request, token, entered));
    return {
      isNew,
      answer: {
        component_id: id,
        api_key: key.key,
        status: approval,
        ...(node ? { node_id: node.id } : {}),
      },
    };
  }
}

/** What became of the component of a registration. */
interface Entered {
  id: string;
  name: string;
  machineId: string | null;
  approval: 'approved' | 'pending';
  isNew: boolean;
  isProved: boolean;
  /** Whether another machine waits for a person to let it go on as this component. */
  changedMachine: boolean;
  previousHostname?: string;
}

/** Finds the component that a host is and renews it, or makes one. @throws AppError component_revoked, identity_in_use */
async function enter(
  tx: Tx,
  { request, address }: RegistrationCall,
  { token, siteId, shown }: { token: HeldToken; siteId: string | null; shown: ShownKey | undefined },
): Promise<Entered> {
  const { component_type: type, hostname, machine_id: machineId, name } = request;
  await lockHost(tx, request);
  const newcomer = { hostname, machineId, address, siteId, isLocal: token.is_local };
  const decision = admitted(decideIdentity(newcomer, await lockCandidates(tx, request), shown));
  const { approval, changedMachine } = approvalAfter(decision, await approvesBy(tx, token, request));
  const entry = (shownName: string | undefined): ComponentEntry => ({
    request,
    name: shownName,
    approval,
    changedMachine,
    machineId: machineOf(decision, request),
    siteId,
    tokenId: token.id,
    isLocal: token.is_local,
  });
  if (decision.kind === 'new') {
    const shownName = await distinctName(tx, name ?? hostname, { type, siteId });
    const id = await insertComponent(tx, entry(shownName));
    const isProved = false;
    const machine = machineOf(decision, request);
    return { id, name: shownName, machineId: machine, approval, isNew: true, isProved, changedMachine };
  }
  const { component, isProved } = decision;
  const host = { type, siteId: siteId ?? component.siteId, id: component.id };
  const shownName = name === undefined ? undefined : await distinctName(tx, name, host);
  await renewComponent(tx, component.id, entry(shownName));
  await forgetReportedHostname(tx, component.id);
  const isRenamed = component.hostname.toLowerCase() !== hostname.toLowerCase();
  return {
    id: component.id,
    name: shownName ?? component.name,
    machineId: machineOf(decision, request),
    approval,
    isNew: false,
    isProved,
    changedMachine,
    ...(isRenamed ? { previousHostname: component.hostname } : {}),
  };
}

/**
 * Whether the token alone lets the host in. Whoever revoked it as a collector has not let it in as an agent: a person does.
 */
async function approvesBy(tx: Tx, token: HeldToken, request: RegisterRequest): Promise<boolean> {
  return token.auto_approve && (token.is_local || !(await isBarredOtherwise(tx, request)));
}

/** The machine that the component is from now on: one that names none is the one that it was. */
function machineOf(decision: Admitted, { machine_id: given }: RegisterRequest): string | null {
  return given ?? (decision.kind === 'same' ? decision.component.machineId : null);
}

type Admitted = Exclude<IdentityDecision, { kind: 'barred' | 'in_use' }>;

/** @throws AppError component_revoked, identity_in_use */
function admitted(decision: IdentityDecision): Admitted {
  if (decision.kind === 'barred') {
    throw appError(
      'component_revoked',
      `This machine was ${decision.component.approval} and stays so until an administrator approves it.`,
    );
  }
  if (decision.kind === 'in_use') {
    throw appError(
      'identity_in_use',
      'This machine has registered anew since, and its new key is in use: there is a copy of it. Give one of the two a machine id of its own, or stop one for ten minutes.',
    );
  }
  return decision;
}

async function findNamedSite(tx: Tx, name: string | undefined): Promise<string | null> {
  if (name === undefined) return null;
  const id = await findSiteIdByName(tx, name);
  if (id === undefined) throw fieldError('site_name', 'is not the name of a site');
  return id;
}

function reportedNode(
  tx: Tx,
  { request, address }: RegistrationCall,
  { id, name, siteId }: { id: string; name: string; siteId: string | null },
) {
  return ensureReportedNode(tx, {
    componentId: id,
    name,
    hostname: request.hostname,
    address: firstAddress(request, address),
    os: request.os,
    siteId,
    template: agentTemplate(request.os),
  });
}

function auditOf(request: RegisterRequest, token: HeldToken, entered: Entered) {
  const { id, approval, isNew, isProved, changedMachine, previousHostname } = entered;
  return {
    action: isNew ? 'component.register' : 'component.register_again',
    objectType: 'component',
    objectId: id,
    detail: {
      name: isNew ? entered.name : request.hostname,
      component_type: request.component_type,
      approval,
      enrollment_token_id: token.id,
      proved: isProved,
      ...(changedMachine ? { other_machine: true } : {}),
      ...(previousHostname === undefined ? {} : { previous_hostname: previousHostname }),
    },
  };
}

function actorOf({ request, address, requestId }: RegistrationCall): Actor {
  return { userId: null, name: `${request.component_type} ${request.hostname}`, requestId, address };
}
