import type { ColumnType, Generated, GeneratedAlways } from 'kysely';
import type { NullableText, NullableTime, Time } from './column-types.ts';

export interface EscalationsTable {
  alert_id: string;
  team_id: string;
  begun_at: Time;
  base_at: Time;
  generation: Generated<number>;
  position: number;
  severity: string;
  paused_at: NullableTime;
  next_at: NullableTime;
  stopped_reason: NullableText;
}

export interface NotificationOutboxTable {
  id: Generated<string>;
  alert_id: NullableText;
  subject: Generated<string>;
  detail: ColumnType<unknown, string | null | undefined, string | null>;
  event: string;
  generation: Generated<number>;
  step: Generated<number>;
  repeat: Generated<number>;
  step_count: Generated<number>;
  team_id: NullableText;
  team_name: NullableText;
  channel_id: NullableText;
  channel_name: string;
  recipient: string;
  lane_id: GeneratedAlways<string>;
  previous_severity: NullableText;
  state: Generated<string>;
  attempts: Generated<number>;
  reason: NullableText;
  message: NullableText;
  created_at: Time;
  due_at: Time;
  message_key: string;
  formed_at: NullableTime;
  tried_at: NullableTime;
  leased_until: NullableTime;
  lease_token: NullableText;
  sent_at: NullableTime;
  ended_at: NullableTime;
  may_have_arrived: Generated<boolean>;
  search_text: GeneratedAlways<string>;
}

export interface NotificationLanesTable {
  lane_id: string;
  failing_since: NullableTime;
  failures: Generated<number>;
  retry_at: NullableTime;
  counted_second: Generated<string>;
  counts: Generated<number[]>;
}

/** The tables of the module `tell/outbox`. */
export interface OutboxSchema {
  escalations: EscalationsTable;
  notification_outbox: NotificationOutboxTable;
  notification_lanes: NotificationLanesTable;
}
