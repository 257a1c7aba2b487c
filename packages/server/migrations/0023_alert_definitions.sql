-- What is judged, by which thresholds, for which nodes.
CREATE TABLE alert_definitions (
  id uuid PRIMARY KEY DEFAULT stratora_uuidv7(),
  slug text NOT NULL CONSTRAINT alert_definitions_slug_key UNIQUE,
  name text NOT NULL,
  kind text NOT NULL,
  -- PromQL; null where the server judges by what it hears itself.
  expr text,
  comparison text NOT NULL CHECK (comparison IN ('>', '<')),
  warning double precision,
  warning_clear double precision,
  critical double precision,
  critical_clear double precision,
  unit text,
  duration_seconds integer NOT NULL,
  clear_after_seconds integer NOT NULL,
  instance_labels text[],
  no_data text NOT NULL CHECK (no_data IN ('hold', 'unknown', 'fire')),
  look_back_seconds integer,
  seen_good boolean NOT NULL,
  settle_seconds integer,
  -- At most one of the three; none is the whole system. What is for one that is gone goes with it.
  scope_site_id uuid REFERENCES sites ON DELETE CASCADE,
  scope_group_id uuid REFERENCES node_groups ON DELETE CASCADE,
  scope_node_id uuid REFERENCES nodes ON DELETE CASCADE,
  -- The root that it replaces within its scope.
  overrides uuid REFERENCES alert_definitions ON DELETE CASCADE,
  summary text,
  runbook_url text,
  enabled boolean NOT NULL,
  -- What the product ships, as last installed; null for those that people made.
  shipped jsonb,
  is_changed boolean NOT NULL DEFAULT false,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT alert_definitions_one_scope CHECK (num_nonnulls(scope_site_id, scope_group_id, scope_node_id) <= 1),
  CONSTRAINT alert_definitions_narrower CHECK
    (overrides IS NULL OR num_nonnulls(scope_site_id, scope_group_id, scope_node_id) = 1)
);
CREATE UNIQUE INDEX alert_definitions_name_key ON alert_definitions (stratora_name_key(name) COLLATE stratora_name);
-- Two that replace the same one at the same place would both judge it.
CREATE UNIQUE INDEX alert_definitions_place_key ON alert_definitions
  (overrides, coalesce(scope_site_id, scope_group_id, scope_node_id)) WHERE overrides IS NOT NULL;
CREATE INDEX alert_definitions_site ON alert_definitions (scope_site_id) WHERE scope_site_id IS NOT NULL;
CREATE INDEX alert_definitions_group ON alert_definitions (scope_group_id) WHERE scope_group_id IS NOT NULL;
CREATE INDEX alert_definitions_node ON alert_definitions (scope_node_id) WHERE scope_node_id IS NOT NULL;

-- By a trigger: rows also go with their site, group or node.
CREATE FUNCTION notify_alert_definitions() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('stratora_rules', '');
  RETURN NULL;
END $$;
CREATE TRIGGER alert_definitions_notify AFTER INSERT OR UPDATE OR DELETE ON alert_definitions
  FOR EACH STATEMENT EXECUTE FUNCTION notify_alert_definitions();
