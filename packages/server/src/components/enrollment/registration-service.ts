import {
  type Approval,
  isDnsName,
  isIpv4,
  isIpv6,
  type RegisterRequest,
  type RegisterResponse,
} from '@stratora/contract';
import { adoptOrphans, ensureReportedNode } from '../../inventory/nodes/index.ts';
import { findSiteIdByName } from '../../inventory/sites/index.ts';
import { type Actor, appendAudit } from '../../platform/audit/index.ts';
import { brokenConstraint, type Database, type Tx } from '../../platform/db/index.ts';
import { markDirty } from '../../platform/dirty-marks/index.ts';
import { publishEvents } from '../../platform/events/index.ts';
import { appError, fieldError } from '../../platform/http/index.ts';
import {
  type ComponentEntry,
  findKnownComponent,
  insertComponent,
  isRetry,
  type KnownComponent,
  lockKnownComponent,
  renewComponent,
} from '../component-registry/index.ts';
import { forgetReportedHostname } from '../component-reports/index.ts';
import type { HeldToken } from './token-queries.ts';
import { requireKnownToken, takeToken } from './token-service.ts';

/** The part of component-keys that registration needs. */
export interface KeyMint {
  /** Makes a new key, with the hash that is stored; costs one bcrypt. */
  mint(): Promise<{ key: string; id: string; bcrypt: string }>;
  /** Whether a key is the component's own. */
  proves(key: string, componentId: string): Promise<boolean>;
  /** Replaces all keys of a component by this one. */
  replace(tx: Tx, componentId: string, key: { id: string; bcrypt: string }): Promise<void>;
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
 * The service that registers a component, or registers it again. The same host and type is always the same component,
 * with a new key; its approval stays only with proof of the old key or a token that approves by itself, so a leaked
 * token alone can take over nobody's secrets.
 */
export class RegistrationService {
  readonly #db: Database;
  readonly #keys: KeyMint;

  constructor({ db, keys }: RegistrationServiceOptions) {
    this.#db = db;
    this.#keys = keys;
  }

  /** Registers a component. @throws AppError enrollment_token_*, validation_failed, conflict */
  async register(call: RegistrationCall): Promise<RegistrationResult> {
    // Checked before bcrypt is reached: nobody without a token may cost us a third of a second.
    await requireKnownToken(this.#db, call.request.enrollment_token);
    const proved = await this.#provedComponent(call);
    const key = await this.#keys.mint();
    try {
      const result = await this.#db.transaction().execute((tx) => this.#register(tx, call, { key, proved }));
      // A re-enrolment ends the old key on this server with its answer.
      this.#keys.forget(result.answer.component_id);
      return result;
    } catch (error) {
      if (brokenConstraint(error) !== 'remote_components_host_key') throw error;
      throw appError('conflict', 'Another component of this type has this hostname.');
    }
  }

  /** Finds the component whose key was shown, if it is the one that this host would be. */
  async #provedComponent({ request, oldKey }: RegistrationCall): Promise<string | undefined> {
    if (oldKey === undefined) return undefined;
    const known = await findKnownComponent(this.#db, request);
    return known && (await this.#keys.proves(oldKey, known.id)) ? known.id : undefined;
  }

  async #register(
    tx: Tx,
    call: RegistrationCall,
    { key, proved }: { key: Awaited<ReturnType<KeyMint['mint']>>; proved: string | undefined },
  ): Promise<RegistrationResult> {
    const { request } = call;
    const token = await takeToken(tx, request.enrollment_token, request.component_type, (id) =>
      isRetry(tx, request, id),
    );
    const siteId = token.site_id ?? (await findNamedSite(tx, request.site_name));
    const { id, approval, isNew, previousHostname } = await insertOrRenew(tx, request, {
      token,
      siteId,
      proved,
    });
    await this.#keys.replace(tx, id, key);
    const node =
      request.component_type === 'agent' ? await reportedNode(tx, call, { id, siteId }) : undefined;
    if (token.is_local && request.component_type === 'collector') await adoptOrphans(tx, id);
    await markDirty(tx, [id], { cause: `${request.component_type} registered`, actor: null });
    await publishEvents(tx, [
      { name: 'component_changed', data: { id, change: isNew ? 'created' : 'updated' } },
      ...(node?.isNew ? [{ name: 'node_changed' as const, data: { id: node.id, change: 'created' } }] : []),
    ]);
    await appendAudit(tx, actorOf(call), {
      action: isNew ? 'component.register' : 'component.register_again',
      objectType: 'component',
      objectId: id,
      detail: {
        name: request.hostname,
        component_type: request.component_type,
        approval,
        enrollment_token_id: token.id,
        proved: proved === id,
        ...(previousHostname === undefined ? {} : { previous_hostname: previousHostname }),
      },
    });
    return {
      isNew,
      answer: {
        component_id: id,
        api_key: key.key,
        status: approval === 'approved' ? 'approved' : 'pending',
        ...(node ? { node_id: node.id } : {}),
      },
    };
  }
}

async function insertOrRenew(
  tx: Tx,
  request: RegisterRequest,
  { token, siteId, proved }: { token: HeldToken; siteId: string | null; proved: string | undefined },
): Promise<{ id: string; approval: Approval; isNew: boolean; previousHostname?: string }> {
  const entry = (approval: Approval): ComponentEntry => ({
    request,
    approval,
    siteId,
    tokenId: token.id,
    isLocal: token.is_local,
  });
  let known = await findKnownComponent(tx, request);
  if (!known) {
    const approval = token.auto_approve ? 'approved' : 'pending';
    const id = await insertComponent(tx, entry(approval));
    if (id !== undefined) return { id, approval, isNew: true };
    // Another registration of the same host came first; its row is ours now.
    known = await findKnownComponent(tx, request);
  }
  const held = known && (await lockKnownComponent(tx, known.id));
  if (!held) throw appError('conflict', 'This host is being changed by somebody else; try again.');
  const approval = approvalOf(held, { token, isProved: proved === held.id });
  await renewComponent(tx, held.id, entry(approval));
  await forgetReportedHostname(tx, held.id);
  const isRenamed = held.hostname.toLowerCase() !== request.hostname.toLowerCase();
  return {
    id: held.id,
    approval,
    isNew: false,
    ...(isRenamed ? { previousHostname: held.hostname } : {}),
  };
}

/**
 * Decides on the approval. A component that was rejected or revoked stays so until a user, or a token that approves,
 * lets it in.
 */
function approvalOf(
  known: KnownComponent,
  { token, isProved }: { token: HeldToken; isProved: boolean },
): Approval {
  if (token.auto_approve) return 'approved';
  return isProved && known.approval === 'approved' ? 'approved' : 'pending';
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
  { id, siteId }: { id: string; siteId: string | null },
) {
  return ensureReportedNode(tx, {
    componentId: id,
    name: request.name ?? request.hostname,
    address: nodeAddress(address, request.hostname),
    os: request.os,
    siteId,
    template: agentTemplate(request.os),
  });
}

/** Returns the address of an agent's node: that of the call, or the hostname where the call came from this machine. */
function nodeAddress(address: string, hostname: string): string {
  const plain = address.replace(/^::ffff:/i, '');
  const isLoopback = plain === '::1' || plain.startsWith('127.');
  if (isLoopback && isDnsName(hostname)) return hostname;
  return isIpv4(plain) || isIpv6(plain) ? plain : hostname;
}

function actorOf({ request, address, requestId }: RegistrationCall): Actor {
  return { userId: null, name: `${request.component_type} ${request.hostname}`, requestId, address };
}
