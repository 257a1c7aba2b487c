-- Rendered configurations and which components need a new one.

-- version grows with each mark, so a mark that arrives while a server renders is not lost.
CREATE TABLE collector_config_dirty (
  component_id uuid PRIMARY KEY REFERENCES remote_components ON DELETE CASCADE,
  version bigint NOT NULL DEFAULT 1,
  dirty_since timestamptz(3) NOT NULL DEFAULT now(),
  due_at timestamptz(3) NOT NULL,
  claimed_until timestamptz(3),
  cause text NOT NULL,
  actor text
);
CREATE INDEX collector_config_dirty_due ON collector_config_dirty (due_at);

-- The text holds credentials, so it is stored encrypted like them.
CREATE TABLE collector_configs (
  component_id uuid NOT NULL REFERENCES remote_components ON DELETE CASCADE,
  generation integer NOT NULL,
  hash text NOT NULL,
  body bytea NOT NULL,
  key_version integer NOT NULL,
  node_count integer NOT NULL,
  left_out jsonb NOT NULL DEFAULT '[]',
  cause text NOT NULL,
  actor text,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (component_id, generation)
);

CREATE FUNCTION notify_config() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('stratora_config', NEW.component_id::text);
  RETURN NULL;
END $$;
CREATE TRIGGER collector_configs_notify AFTER INSERT ON collector_configs
  FOR EACH ROW EXECUTE FUNCTION notify_config();
