-- Times in which a node, a group, a site or everything is worked on, so that nobody is told of alerts.
CREATE TABLE maintenance_windows (
  id uuid PRIMARY KEY DEFAULT stratora_uuidv7(),
  name text NOT NULL,
  -- At most one of the three; none is everything. What is for one that is gone goes with it.
  scope_site_id uuid REFERENCES sites ON DELETE CASCADE,
  scope_group_id uuid REFERENCES node_groups ON DELETE CASCADE,
  scope_node_id uuid REFERENCES nodes ON DELETE CASCADE,
  -- The first window.
  starts_at timestamptz(3) NOT NULL,
  ends_at timestamptz(3) NOT NULL,
  rrule text,
  -- Local dates, and times in UTC.
  exdates text[] NOT NULL,
  timezone text NOT NULL,
  reason text,
  ended_early_at timestamptz(3),
  -- What follows from the columns above: the occurrence that runs or comes next, and the one after it. Null: none.
  occurrence_starts_at timestamptz(3),
  occurrence_ends_at timestamptz(3),
  following_starts_at timestamptz(3),
  following_ends_at timestamptz(3),
  created_by text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT maintenance_windows_one_scope CHECK
    (num_nonnulls(scope_site_id, scope_group_id, scope_node_id) <= 1),
  CONSTRAINT maintenance_windows_lasts CHECK (ends_at > starts_at)
);
CREATE INDEX maintenance_windows_occurrence ON maintenance_windows (occurrence_starts_at)
  WHERE occurrence_starts_at IS NOT NULL;
CREATE INDEX maintenance_windows_site ON maintenance_windows (scope_site_id) WHERE scope_site_id IS NOT NULL;
CREATE INDEX maintenance_windows_group ON maintenance_windows (scope_group_id) WHERE scope_group_id IS NOT NULL;
CREATE INDEX maintenance_windows_node ON maintenance_windows (scope_node_id) WHERE scope_node_id IS NOT NULL;

-- The occurrences that were in force, as they were then: a row outlives its window and what that was for.
CREATE TABLE maintenance_periods (
  id uuid PRIMARY KEY DEFAULT stratora_uuidv7(),
  window_id uuid NOT NULL,
  window_name text NOT NULL,
  scope_type text NOT NULL CHECK (scope_type IN ('global', 'site', 'group', 'node')),
  scope_id uuid,
  reason text,
  -- The occurrence as it was planned.
  starts_at timestamptz(3) NOT NULL,
  ends_at timestamptz(3) NOT NULL,
  -- Times of the cycles by which it was in force, and was so no longer.
  from_at timestamptz(3) NOT NULL DEFAULT now(),
  to_at timestamptz(3),
  -- When somebody was told that its end is near.
  reminded_at timestamptz(3)
);
CREATE UNIQUE INDEX maintenance_periods_open ON maintenance_periods (window_id) WHERE to_at IS NULL;
CREATE INDEX maintenance_periods_window ON maintenance_periods (window_id, from_at);
CREATE INDEX maintenance_periods_from ON maintenance_periods (from_at);

-- Which alerts a window held back.
CREATE INDEX alert_events_window ON alert_events ((detail ->> 'window_id'), at)
  WHERE event = 'held' AND detail ->> 'window_id' IS NOT NULL;
