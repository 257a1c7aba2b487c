import type { Generated } from 'kysely';
import type { DefaultTime, Json, NullableJson, NullableText, NullableTime, Time } from './column-types.ts';

export interface NotificationChannelsTable {
  id: Generated<string>;
  name: string;
  type: string;
  enabled: boolean;
  text: string | null;
  max_per_minute: number;
  config: Buffer;
  key_version: number;
  shown_config: Json<Record<string, unknown>>;
  recipients: Json<string[]>;
  last_accepted_at: NullableTime;
  last_failure_at: NullableTime;
  last_failure_reason: NullableText;
  last_failure_message: NullableText;
  created_at: DefaultTime;
  updated_at: DefaultTime;
}

export interface EscalationTeamsTable {
  id: Generated<string>;
  name: string;
  enabled: boolean;
  is_default: boolean;
  match: Json<unknown>;
  active: Json<unknown>;
  steps: Json<unknown>;
  repeat: NullableJson<unknown>;
  rotation: NullableJson<unknown>;
  created_at: DefaultTime;
  updated_at: DefaultTime;
}

export interface OutwardHeartbeatTable {
  is_only: Generated<boolean>;
  url: string;
  failing_since: NullableTime;
  message: NullableText;
}

export interface OutageOrdersTable {
  component_id: string;
  delivered_mark: NullableText;
  held_mark: NullableText;
  held_since: NullableTime;
}

export interface OutagesTable {
  component_id: string;
  id: string;
  began_at: Time;
  ended_at: Time;
  last_error: string;
  tellings: Json<unknown>;
  reported_at: DefaultTime;
}

/** Tables of the wing that tells people. */
export interface TellSchema {
  escalation_teams: EscalationTeamsTable;
  outage_orders: OutageOrdersTable;
  outages: OutagesTable;
  outward_heartbeat: OutwardHeartbeatTable;
  notification_channels: NotificationChannelsTable;
}
