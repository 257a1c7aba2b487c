-- Whether a try of a notice was written to the wire and ended with no word of the other end: whoever may have been told of an
-- alert hears of its end.
ALTER TABLE notification_outbox ADD COLUMN may_have_arrived boolean NOT NULL DEFAULT false;

-- Lists of what is rare among what was sent, whatever else they are filtered by, and their totals, are read from these alone.
-- A notice that is sent as most are is in neither.
CREATE INDEX notification_outbox_other_ends ON notification_outbox (state, created_at, id)
  INCLUDE (event, alert_id, team_id, channel_id, search_text) WHERE state IN ('failed', 'skipped', 'merged');
CREATE INDEX notification_outbox_other_events ON notification_outbox (event, created_at, id)
  INCLUDE (state, alert_id, team_id, channel_id, search_text)
  WHERE event IN ('changed', 'escalated', 'repeated', 'reminder', 'test');
