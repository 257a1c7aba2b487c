-- Who is told of which alert, and what became of each notice. Nothing here refers to channels, teams or users: a row
-- keeps what they were called, and outlives them. It goes with its alert.

-- The course of an alert through the steps of a team.
CREATE TABLE escalations (
  alert_id uuid NOT NULL REFERENCES alerts ON DELETE CASCADE,
  -- All zeros: no team takes the alert.
  team_id uuid NOT NULL,
  -- When it first told somebody.
  begun_at timestamptz(3) NOT NULL,
  -- Begin that the delays of the steps count from: moved on by each pause.
  base_at timestamptz(3) NOT NULL,
  -- How many times it has begun anew, since the severity rose.
  generation integer NOT NULL DEFAULT 0,
  -- Number of the step or repeat that comes next.
  position integer NOT NULL,
  -- The worst severity that was told.
  severity text NOT NULL CHECK (severity IN ('info', 'warning', 'critical')),
  paused_at timestamptz(3),
  -- When it is looked at next; null: nothing more is due, or it pauses.
  next_at timestamptz(3),
  stopped_reason text CHECK (stopped_reason IN ('resolved', 'finished', 'team_gone', 'not_taken')),
  PRIMARY KEY (alert_id, team_id)
);
CREATE INDEX escalations_next ON escalations (next_at) WHERE next_at IS NOT NULL;
-- Those of alerts that have not been told to be over.
CREATE INDEX escalations_open ON escalations (alert_id) WHERE stopped_reason IS DISTINCT FROM 'resolved';

-- One row for each alert, event, step, channel and recipient.
CREATE TABLE notification_outbox (
  id uuid PRIMARY KEY DEFAULT stratora_uuidv7(),
  -- Null for a test, and for a reminder.
  alert_id uuid REFERENCES alerts ON DELETE CASCADE,
  -- What a notice without an alert is about: makes it one of its kind.
  subject text NOT NULL DEFAULT '',
  -- Facts of a notice without an alert.
  detail jsonb,
  event text NOT NULL CHECK (event IN ('triggered', 'changed', 'escalated', 'repeated', 'resolved', 'reminder', 'test')),
  generation integer NOT NULL DEFAULT 0,
  step integer NOT NULL DEFAULT 0,
  repeat integer NOT NULL DEFAULT 0,
  step_count integer NOT NULL DEFAULT 1,
  team_id uuid,
  team_name text,
  -- Null for the mail to a person who is on call, and where there was no channel at all.
  channel_id uuid,
  channel_name text NOT NULL,
  recipient text NOT NULL,
  -- The way by which messages leave one after the other: the channel; all zeros: mail to people who are on call.
  lane_id uuid NOT NULL GENERATED ALWAYS AS
    (coalesce(channel_id, '00000000-0000-0000-0000-000000000000'::uuid)) STORED,
  -- The severity before, of `changed`.
  previous_severity text,
  state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sending', 'sent', 'failed', 'skipped', 'merged')),
  attempts integer NOT NULL DEFAULT 0,
  reason text,
  message text,
  created_at timestamptz(3) NOT NULL,
  -- When it may go out next, once it is part of a message.
  due_at timestamptz(3) NOT NULL,
  -- Idempotency key: that of the message it goes out in, which a group shares and each try keeps.
  message_key uuid NOT NULL,
  -- When it became part of a message.
  formed_at timestamptz(3),
  tried_at timestamptz(3),
  leased_until timestamptz(3),
  lease_token uuid,
  sent_at timestamptz(3),
  ended_at timestamptz(3),
  -- What a search compares.
  search_text text NOT NULL GENERATED ALWAYS AS (left(stratora_fold(channel_name || ' ' || recipient), 400)) STORED,
  CONSTRAINT notification_outbox_lease CHECK ((state = 'sending') = (lease_token IS NOT NULL)),
  CONSTRAINT notification_outbox_sent CHECK ((state = 'sent') = (sent_at IS NOT NULL))
)
WITH (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02);

-- The promise that nothing is told twice, whatever two servers do at once.
CREATE UNIQUE INDEX notification_outbox_once ON notification_outbox
  (alert_id, team_id, event, generation, step, repeat, lane_id, recipient, subject) NULLS NOT DISTINCT;
-- And that the all-clear is heard once, by however many teams the alert was told.
CREATE UNIQUE INDEX notification_outbox_all_clear ON notification_outbox (alert_id, lane_id, recipient)
  WHERE event = 'resolved';
-- What waits: small, however long the table is.
CREATE INDEX notification_outbox_waiting ON notification_outbox (lane_id, created_at, id)
  WHERE state IN ('queued', 'sending');
CREATE INDEX notification_outbox_message ON notification_outbox (message_key);
-- What went to a recipient of late, and the list of a channel.
CREATE INDEX notification_outbox_lane ON notification_outbox (lane_id, formed_at) WHERE formed_at IS NOT NULL;
CREATE INDEX notification_outbox_channel ON notification_outbox (channel_id, created_at, id)
  WHERE channel_id IS NOT NULL;
-- Every list, whatever it is filtered by, and its total, are read from this index alone.
CREATE INDEX notification_outbox_created ON notification_outbox (created_at, id)
  INCLUDE (state, event, alert_id, team_id, channel_id, search_text);
-- What came to its end of late, for the figures.
CREATE INDEX notification_outbox_ended ON notification_outbox (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX notification_outbox_tests ON notification_outbox (created_at) WHERE alert_id IS NULL;

-- How a lane does. Whoever takes messages from it locks its row, so that limits hold over all servers.
CREATE TABLE notification_lanes (
  lane_id uuid PRIMARY KEY,
  -- Since when no message has got through; null: the last one did.
  failing_since timestamptz(3),
  failures integer NOT NULL DEFAULT 0,
  -- Before then nothing is tried.
  retry_at timestamptz(3),
  -- Messages in each of the last seconds until that one, by the database's clock: the limit per minute counts them.
  counted_second bigint NOT NULL DEFAULT 0,
  counts integer[] NOT NULL DEFAULT '{}'
);
