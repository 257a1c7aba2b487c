-- Collectors and agents, how they come in, and their keys.

CREATE TABLE sites (
  id uuid PRIMARY KEY DEFAULT stratora_uuidv7(),
  name text NOT NULL,
  description text,
  default_collector_id uuid,
  is_default boolean NOT NULL DEFAULT false,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX sites_name_key ON sites (lower(name));
CREATE UNIQUE INDEX sites_one_default ON sites (is_default) WHERE is_default;
INSERT INTO sites (name, description, is_default) VALUES ('Default', 'Where nodes go that name no site.', true);

CREATE TABLE enrollment_tokens (
  id uuid PRIMARY KEY DEFAULT stratora_uuidv7(),
  token_hash bytea NOT NULL UNIQUE,
  description text,
  multi_use boolean NOT NULL,
  max_uses integer CHECK (max_uses > 0),
  use_count integer NOT NULL DEFAULT 0,
  expires_at timestamptz(3),
  revoked_at timestamptz(3),
  site_id uuid REFERENCES sites ON DELETE SET NULL,
  component_type text CHECK (component_type IN ('collector', 'agent')),
  auto_approve boolean NOT NULL DEFAULT false,
  -- Made by the launcher for the components of its own machine; never listed.
  is_local boolean NOT NULL DEFAULT false,
  created_by text,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT enrollment_tokens_uses CHECK (max_uses IS NULL OR use_count <= max_uses)
);

CREATE TABLE remote_components (
  id uuid PRIMARY KEY DEFAULT stratora_uuidv7(),
  component_type text NOT NULL CHECK (component_type IN ('collector', 'agent')),
  name text NOT NULL,
  hostname text NOT NULL,
  machine_id text,
  version text NOT NULL,
  os text NOT NULL,
  arch text NOT NULL,
  approval text NOT NULL CHECK (approval IN ('pending', 'approved', 'rejected', 'revoked')),
  site_id uuid REFERENCES sites ON DELETE SET NULL,
  -- Runs beside the server itself.
  is_local boolean NOT NULL DEFAULT false,
  registered_at timestamptz(3) NOT NULL DEFAULT now(),
  approved_at timestamptz(3),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);
-- One row per host and type: what racing registrations of one host run into.
CREATE UNIQUE INDEX remote_components_host_key ON remote_components (component_type, lower(hostname));
CREATE INDEX remote_components_machine ON remote_components (component_type, machine_id) WHERE machine_id IS NOT NULL;

ALTER TABLE sites ADD CONSTRAINT sites_default_collector
  FOREIGN KEY (default_collector_id) REFERENCES remote_components ON DELETE SET NULL;

-- A key is found by its public id. bcrypt proves it the first time; the HMAC under the servers' pepper is the fast
-- verifier after that. Both go with the row, in the transaction that rotates or revokes.
CREATE TABLE component_keys (
  key_id text PRIMARY KEY CHECK (length(key_id) = 11),
  component_id uuid NOT NULL REFERENCES remote_components ON DELETE CASCADE,
  key_bcrypt text NOT NULL,
  fast_verifier bytea,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  first_used_at timestamptz(3),
  -- Set when a newer key was made: the end of the time in which both work.
  expires_at timestamptz(3)
);
CREATE INDEX component_keys_component ON component_keys (component_id);

-- What a component last told. Written often and in batches, so it has a table of its own with room for updates.
CREATE TABLE component_states (
  component_id uuid PRIMARY KEY REFERENCES remote_components ON DELETE CASCADE,
  last_seen_at timestamptz(3),
  address text,
  engine jsonb,
  queue jsonb,
  running_config_hash text,
  config_status text,
  config_message text,
  clock_skew_seconds double precision,
  os_version text,
  fqdn text,
  ip_addresses jsonb NOT NULL DEFAULT '[]',
  roles jsonb NOT NULL DEFAULT '[]',
  uptime_seconds double precision,
  lines_accepted bigint NOT NULL DEFAULT 0,
  lines_rejected bigint NOT NULL DEFAULT 0,
  rejected_by_reason jsonb NOT NULL DEFAULT '{}',
  last_ingest_at timestamptz(3),
  last_rejection text
) WITH (fillfactor = 70);

-- Every server drops what it knows of a component the moment its keys or its approval change.
CREATE FUNCTION notify_component() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  changed jsonb := to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END);
BEGIN
  PERFORM pg_notify('stratora_component', coalesce(changed->>'component_id', changed->>'id'));
  RETURN NULL;
END $$;
CREATE TRIGGER remote_components_notify AFTER INSERT OR DELETE OR UPDATE OF approval ON remote_components
  FOR EACH ROW EXECUTE FUNCTION notify_component();
CREATE TRIGGER component_keys_notify AFTER INSERT OR DELETE OR UPDATE OF key_bcrypt, expires_at ON component_keys
  FOR EACH ROW EXECUTE FUNCTION notify_component();
