-- What became of each config, which one a component is held at, what components told, and what was lost for good.

ALTER TABLE collector_configs
  -- gzip: compressed before it was sealed.
  ADD COLUMN encoding text NOT NULL DEFAULT 'plain' CHECK (encoding IN ('plain', 'gzip')),
  -- Of the text.
  ADD COLUMN bytes integer NOT NULL DEFAULT 0,
  ADD COLUMN outcome text CHECK (outcome IN ('applied', 'validation_error', 'rolled_back', 'engine_down')),
  ADD COLUMN outcome_message text,
  ADD COLUMN outcome_at timestamptz(3);
-- Sealing adds a nonce of 12 bytes and a tag of 16.
UPDATE collector_configs SET bytes = length(body) - 28;
CREATE INDEX collector_configs_hash ON collector_configs (component_id, hash);

ALTER TABLE remote_components
  ADD COLUMN engine_choice text NOT NULL DEFAULT 'auto' CHECK (engine_choice IN ('auto', 'telegraf', 'embedded')),
  ADD COLUMN pinned_generation integer,
  -- A generation that somebody is held at is never pruned.
  ADD CONSTRAINT remote_components_pin FOREIGN KEY (id, pinned_generation)
    REFERENCES collector_configs (component_id, generation);

CREATE FUNCTION notify_pin() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('stratora_config', NEW.id::text);
  RETURN NULL;
END $$;
CREATE TRIGGER remote_components_notify_pin AFTER UPDATE OF pinned_generation ON remote_components
  FOR EACH ROW EXECUTE FUNCTION notify_pin();

ALTER TABLE collector_config_dirty
  -- Who renders: a server whose claim ran out must not publish over the one that took it up.
  ADD COLUMN claim_token uuid,
  ADD COLUMN changes integer NOT NULL DEFAULT 1;

ALTER TABLE component_states
  ADD COLUMN config_status_since timestamptz(3),
  ADD COLUMN clock_skew_since timestamptz(3),
  -- Two processes with one identity were heard at this time.
  ADD COLUMN identity_conflict_at timestamptz(3),
  -- What the host calls itself, where that is no longer the name that it was registered with.
  ADD COLUMN reported_hostname text;

CREATE TABLE component_reports (
  component_id uuid NOT NULL REFERENCES remote_components ON DELETE CASCADE,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  at timestamptz(3) NOT NULL DEFAULT now(),
  status text NOT NULL CHECK (status IN ('applied', 'validation_error', 'rolled_back', 'engine_down')),
  config_hash text NOT NULL,
  message text,
  engine_kind text NOT NULL,
  engine_version text NOT NULL,
  engine_running boolean NOT NULL,
  PRIMARY KEY (component_id, seq)
);

-- A gap that grows keeps its beginning.
CREATE TABLE component_gaps (
  component_id uuid NOT NULL REFERENCES remote_components ON DELETE CASCADE,
  from_time timestamptz(3) NOT NULL,
  to_time timestamptz(3) NOT NULL,
  count bigint NOT NULL,
  reported_at timestamptz(3) NOT NULL DEFAULT now(),
  seq bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  PRIMARY KEY (component_id, from_time)
);

-- A node whose collector nobody chose follows its site: its collector is the site's, else the server's own.
ALTER TABLE nodes ADD COLUMN collector_chosen boolean NOT NULL DEFAULT false;
UPDATE nodes n SET collector_chosen = true FROM sites s
WHERE s.id = n.site_id AND n.collector_id IS NOT NULL AND n.collector_id IS DISTINCT FROM coalesce(
  s.default_collector_id,
  (SELECT c.id FROM remote_components c
    WHERE c.is_local AND c.component_type = 'collector' AND c.approval = 'approved' LIMIT 1));
