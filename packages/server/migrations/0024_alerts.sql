-- Alerts and what happened to them. A row outlives its node, component, site and definition: it refers to none of them,
-- and keeps what they were called.
CREATE TABLE alerts (
  id uuid PRIMARY KEY DEFAULT stratora_uuidv7(),
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'resolved')),
  node_id uuid,
  component_id uuid,
  -- What the alert is about; the system itself where it is neither a node nor a component.
  subject uuid NOT NULL GENERATED ALWAYS AS
    (coalesce(node_id, component_id, '00000000-0000-0000-0000-000000000000'::uuid)) STORED,
  subject_name text NOT NULL,
  site_id uuid,
  definition_id uuid NOT NULL,
  -- The definition that is overridden by none, which is this one's family.
  root_id uuid NOT NULL,
  definition_slug text NOT NULL,
  definition_name text NOT NULL,
  scope_type text NOT NULL,
  scope_id uuid,
  duration_seconds integer NOT NULL,
  runbook_url text,
  -- Bounded, since an entry of an index holds 2704 bytes at most.
  alert_key text NOT NULL CHECK (char_length(alert_key) <= 400),
  instance text NOT NULL,
  labels jsonb NOT NULL,
  severity text NOT NULL CHECK (severity IN ('info', 'warning', 'critical')),
  value double precision,
  peak double precision,
  value_at timestamptz(3) NOT NULL,
  threshold double precision,
  comparison text NOT NULL CHECK (comparison IN ('>', '<')),
  unit text,
  summary text NOT NULL,
  query text NOT NULL,
  started_at timestamptz(3) NOT NULL,
  triggered_at timestamptz(3) NOT NULL,
  resolved_at timestamptz(3),
  acknowledged_at timestamptz(3),
  acknowledged_by text,
  acknowledged_comment text,
  muted_at timestamptz(3),
  muted_by text,
  -- Null of a muted alert: until it resolves.
  muted_until timestamptz(3),
  held_by text CHECK (held_by IN ('unreachable', 'upstream', 'maintenance')),
  held_since timestamptz(3),
  held_alert_id uuid,
  held_node_id uuid,
  held_window_id uuid,
  flapping_since timestamptz(3),
  changes integer NOT NULL DEFAULT 0,
  -- What a search compares.
  search_text text NOT NULL GENERATED ALWAYS AS
    (left(stratora_fold(subject_name || ' ' || definition_name || ' ' || alert_key), 400)) STORED,
  CONSTRAINT alerts_resolved_once CHECK ((state = 'resolved') = (resolved_at IS NOT NULL))
)
-- Vacuumed often, since an index alone answers only for pages of which vacuum knows that all see them.
WITH (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02);

-- The promise that there is one alert, whatever two servers do at once.
CREATE UNIQUE INDEX alerts_one_active ON alerts (subject, alert_key) WHERE state = 'active';
-- Every list of the history, whatever it is filtered and sorted by, and its total, are read from this index alone; the
-- rows of the page follow by their id. Values change without a new entry.
CREATE INDEX alerts_triggered ON alerts (triggered_at, id) INCLUDE (state, severity, node_id, component_id, site_id,
  definition_id, root_id, subject_name, resolved_at, acknowledged_at, held_by, flapping_since, muted_at, muted_until,
  search_text);
CREATE INDEX alerts_node ON alerts (node_id, triggered_at, id);
-- By people's order of letters, which is too dear to compare a hundred thousand times.
CREATE INDEX alerts_name ON alerts (subject_name COLLATE stratora_order, id);
CREATE INDEX alerts_resolved ON alerts (resolved_at, id) WHERE state = 'resolved';
CREATE INDEX alerts_held_by ON alerts (held_alert_id) WHERE held_alert_id IS NOT NULL;

CREATE TABLE alert_events (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  alert_id uuid NOT NULL REFERENCES alerts ON DELETE CASCADE,
  at timestamptz(3) NOT NULL DEFAULT now(),
  event text NOT NULL CHECK (event IN ('triggered', 'severity_changed', 'acknowledged', 'unacknowledged', 'muted',
    'unmuted', 'held', 'released', 'flapping', 'calm', 'text_failed', 'definition_changed', 'resolved')),
  -- The user who did it; null where the server did.
  actor text,
  detail jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX alert_events_alert ON alert_events (alert_id, id);
