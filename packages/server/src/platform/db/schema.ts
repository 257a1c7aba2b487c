import type { SnmpPace } from '@stratora/contract';
import type { ColumnType, Generated } from 'kysely';
import type { BigintText, DefaultJson, DefaultTime, Json, NullableTime, Time } from './column-types.ts';
import type { IdentitySchema } from './identity-schema.ts';
import type { JudgeSchema } from './judge-schema.ts';
import type { OutboxSchema } from './outbox-schema.ts';
import type { TellSchema } from './tell-schema.ts';
import type { TemplateSchema } from './template-schema.ts';
import type { TopologySchema } from './topology-schema.ts';

export interface SettingsTable {
  key: string;
  value: Json<unknown>;
  updated_at: DefaultTime;
}

export interface LeasesTable {
  name: string;
  holder: string;
  epoch: Generated<string>;
  expires_at: Time;
}

export interface AuditLogTable {
  seq: Generated<string>;
  id: Generated<string>;
  time: DefaultTime;
  actor_id: string | null;
  actor: string;
  action: string;
  object_type: string | null;
  object_id: string | null;
  node_id: string | null;
  detail: Json<Record<string, unknown>>;
  request_id: string | null;
  address: string | null;
  previous_hash: Generated<Buffer>;
  hash: Generated<Buffer>;
}

export interface UsersTable {
  id: Generated<string>;
  username: string;
  display_name: string | null;
  email: string | null;
  role: string;
  password_hash: string;
  must_change_password: boolean;
  enabled: Generated<boolean>;
  token_epoch: Generated<number>;
  last_login_at: NullableTime;
  created_at: DefaultTime;
  updated_at: DefaultTime;
}

export interface SessionsTable {
  id: Generated<string>;
  token_hash: Buffer;
  user_id: string;
  created_at: DefaultTime;
  last_used_at: DefaultTime;
  expires_at: Time;
  address: string | null;
}

/** Bearer tokens that were ended before their time; read and written by plain SQL alone. */
export interface EndedBearersTable {
  token_hash: Buffer;
  expires_at: Time;
}

export interface SitesTable {
  id: Generated<string>;
  name: string;
  description: string | null;
  default_collector_id: string | null;
  is_default: Generated<boolean>;
  created_at: DefaultTime;
  updated_at: DefaultTime;
}

export interface EnrollmentTokensTable {
  id: Generated<string>;
  token_hash: Buffer;
  description: string | null;
  multi_use: boolean;
  max_uses: number | null;
  use_count: Generated<number>;
  expires_at: NullableTime;
  revoked_at: NullableTime;
  site_id: string | null;
  component_type: string | null;
  auto_approve: boolean;
  is_local: Generated<boolean>;
  created_by: string | null;
  created_at: DefaultTime;
}

export interface RemoteComponentsTable {
  id: Generated<string>;
  component_type: string;
  name: string;
  hostname: string;
  machine_id: string | null;
  version: string;
  os: string;
  arch: string;
  approval: string;
  site_id: string | null;
  is_local: Generated<boolean>;
  registered_at: DefaultTime;
  approved_at: NullableTime;
  updated_at: DefaultTime;
  enrolled_by: ColumnType<string | null, string | null | undefined, string | null>;
  enrolled_at: DefaultTime;
  heard_at: DefaultTime;
  machine_changed_at: NullableTime;
  key_due_since: NullableTime;
  engine_choice: Generated<string>;
  pinned_generation: ColumnType<number | null, number | null | undefined, number | null>;
}

export interface ComponentKeysTable {
  key_id: string;
  component_id: string;
  key_bcrypt: string;
  fast_verifier: Buffer | null;
  created_at: DefaultTime;
  first_used_at: NullableTime;
  expires_at: NullableTime;
  is_fetched: Generated<boolean>;
  /** The machine that the key was given to; null where it has no id. */
  machine_id: ColumnType<string | null, string | null | undefined, string | null>;
}

/** The processes of components; read and written by plain SQL alone. */
export interface ComponentInstancesTable {
  component_id: string;
  instance: string;
  first_heard_at: Time;
  last_heard_at: Time;
  address: string | null;
}

export interface ComponentStatesTable {
  component_id: string;
  last_seen_at: NullableTime;
  address: string | null;
  engine: ColumnType<unknown, string | null, string | null>;
  queue: ColumnType<unknown, string | null, string | null>;
  running_config_hash: string | null;
  config_status: string | null;
  config_message: string | null;
  clock_skew_seconds: number | null;
  os_version: string | null;
  fqdn: string | null;
  ip_addresses: DefaultJson<string[]>;
  roles: DefaultJson<string[]>;
  uptime_seconds: number | null;
  lines_accepted: BigintText;
  lines_rejected: BigintText;
  rejected_by_reason: DefaultJson<Record<string, number>>;
  last_ingest_at: NullableTime;
  last_rejection: string | null;
  config_status_since: NullableTime;
  clock_skew_since: NullableTime;
  identity_conflict_at: NullableTime;
  reported_hostname: ColumnType<string | null, string | null | undefined, string | null>;
}

export interface NodeGroupsTable {
  id: Generated<string>;
  name: string;
  description: string | null;
  created_at: DefaultTime;
  updated_at: DefaultTime;
}

export interface NodeGroupMembersTable {
  group_id: string;
  node_id: string;
}

export interface NodesTable {
  id: Generated<string>;
  name: string;
  ip_address: string;
  fqdn: string | null;
  node_type: string;
  site_id: string;
  template: string;
  collector_id: string | null;
  /** Whether a person chose the collector; otherwise the node has that of its site. */
  collector_chosen: Generated<boolean>;
  /** Whether a person gave the address; otherwise an agent's node has that of its host. */
  address_chosen: Generated<boolean>;
  agent_id: string | null;
  environment: string | null;
  snmp_port: number;
  url: string | null;
  snmp_pace: ColumnType<SnmpPace | null, string | null, string | null>;
  os: string | null;
  created_at: DefaultTime;
  updated_at: DefaultTime;
}

export interface NodeStatesTable {
  node_id: string;
  status: string;
  status_since: DefaultTime;
  status_reason: string | null;
  last_seen_at: NullableTime;
  asked_anew_at: NullableTime;
}

export interface NodeStatusChangesTable {
  id: Generated<string>;
  node_id: string;
  time: DefaultTime;
  old_status: string;
  new_status: string;
  reason: string | null;
}

export interface CollectorTargetsTable {
  node_id: string;
  input: string;
  component_id: string;
  status: string;
  message: string;
  since: DefaultTime;
  detail: Generated<string>;
}

export interface CredentialsTable {
  id: Generated<string>;
  name: string;
  type: string;
  description: string | null;
  enabled: boolean;
  secret: Buffer;
  key_version: number;
  secret_fields: Json<string[]>;
  created_at: DefaultTime;
  updated_at: DefaultTime;
}

export interface NodeCredentialsTable {
  node_id: string;
  purpose: string;
  credential_id: string;
}

export interface CollectorConfigDirtyTable {
  component_id: string;
  version: Generated<string>;
  dirty_since: DefaultTime;
  due_at: Time;
  claimed_until: NullableTime;
  claim_token: ColumnType<string | null, string | null | undefined, string | null>;
  changes: Generated<number>;
  cause: string;
  actor: string | null;
}

export interface LeftOutNode {
  node_id: string;
  name: string;
  reason: string;
}

export interface CollectorConfigsTable {
  component_id: string;
  generation: number;
  hash: string;
  body: Buffer;
  key_version: number;
  node_count: number;
  left_out: Json<LeftOutNode[]>;
  cause: string;
  actor: string | null;
  created_at: DefaultTime;
  encoding: Generated<string>;
  bytes: Generated<number>;
  outcome: ColumnType<string | null, string | null | undefined, string | null>;
  outcome_message: ColumnType<string | null, string | null | undefined, string | null>;
  outcome_at: NullableTime;
}

export interface ComponentReportsTable {
  component_id: string;
  seq: Generated<string>;
  at: DefaultTime;
  status: string;
  config_hash: string;
  message: string | null;
  engine_kind: string;
  engine_version: string;
  engine_running: boolean;
}

export interface ComponentGapsTable {
  component_id: string;
  from_time: Time;
  to_time: Time;
  count: BigintText;
  reported_at: DefaultTime;
  seq: Generated<string>;
}

export interface RolloutsTable {
  id: Generated<string>;
  component_type: string;
  cause: string;
  actor: string | null;
  state: Generated<string>;
  stage: Generated<string>;
  soak_seconds: number;
  stage_since: DefaultTime;
  created_at: DefaultTime;
  ended_at: NullableTime;
  message: ColumnType<string | null, string | null | undefined, string | null>;
  is_forced: Generated<boolean>;
}

export interface RolloutTemplatesTable {
  rollout_id: string;
  slug: string;
  old_hash: string;
  new_hash: string | null;
}

export interface RolloutComponentsTable {
  rollout_id: string;
  component_id: string;
  stage: string;
  state: Generated<string>;
  is_held: Generated<boolean>;
  was_healthy: Generated<boolean>;
  released_at: NullableTime;
  generation: ColumnType<number | null, number | null | undefined, number | null>;
  applied_at: NullableTime;
}

export interface RolloutVersionsTable {
  rollout_id: string;
  component_id: string;
  slug: string;
  old_hash: string;
}

/** Every table, as Kysely needs it. */
export interface Schema
  extends IdentitySchema,
    JudgeSchema,
    OutboxSchema,
    TellSchema,
    TemplateSchema,
    TopologySchema {
  settings: SettingsTable;
  leases: LeasesTable;
  audit_log: AuditLogTable;
  users: UsersTable;
  sessions: SessionsTable;
  ended_bearers: EndedBearersTable;
  sites: SitesTable;
  enrollment_tokens: EnrollmentTokensTable;
  remote_components: RemoteComponentsTable;
  component_keys: ComponentKeysTable;
  component_instances: ComponentInstancesTable;
  component_states: ComponentStatesTable;
  node_groups: NodeGroupsTable;
  node_group_members: NodeGroupMembersTable;
  nodes: NodesTable;
  node_states: NodeStatesTable;
  node_status_changes: NodeStatusChangesTable;
  collector_targets: CollectorTargetsTable;
  credentials: CredentialsTable;
  node_credentials: NodeCredentialsTable;
  collector_config_dirty: CollectorConfigDirtyTable;
  collector_configs: CollectorConfigsTable;
  component_reports: ComponentReportsTable;
  component_gaps: ComponentGapsTable;
  rollouts: RolloutsTable;
  rollout_templates: RolloutTemplatesTable;
  rollout_components: RolloutComponentsTable;
  rollout_versions: RolloutVersionsTable;
}
