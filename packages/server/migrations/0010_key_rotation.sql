-- Components that should fetch a new key by themselves, and the processes that were heard with each identity.

ALTER TABLE remote_components
  -- A new key is due since then; the first use of a key that is younger ends it.
  ADD COLUMN key_due_since timestamptz(3);
CREATE INDEX remote_components_key_due ON remote_components (id) WHERE key_due_since IS NOT NULL;

ALTER TABLE component_keys
  -- Fetched by the component itself, so an older one that it never used is of no use to anybody.
  ADD COLUMN is_fetched boolean NOT NULL DEFAULT false;

-- A process names itself at random at its start. Two whose times overlap have one identity between them.
CREATE TABLE component_instances (
  component_id uuid NOT NULL REFERENCES remote_components ON DELETE CASCADE,
  instance text NOT NULL CHECK (length(instance) = 22),
  first_heard_at timestamptz(3) NOT NULL,
  last_heard_at timestamptz(3) NOT NULL,
  address text,
  PRIMARY KEY (component_id, instance)
) WITH (fillfactor = 70);
CREATE INDEX component_instances_last ON component_instances (last_heard_at);
