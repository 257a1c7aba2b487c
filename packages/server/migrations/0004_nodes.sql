-- What is watched.

CREATE TABLE node_groups (
  id uuid PRIMARY KEY DEFAULT stratora_uuidv7(),
  name text NOT NULL,
  description text,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX node_groups_name_key ON node_groups (lower(name));

CREATE TABLE nodes (
  id uuid PRIMARY KEY DEFAULT stratora_uuidv7(),
  name text NOT NULL,
  ip_address text NOT NULL,
  fqdn text,
  node_type text NOT NULL,
  site_id uuid NOT NULL REFERENCES sites,
  template text NOT NULL,
  -- Who polls it, or the agent that reports it; never both.
  collector_id uuid REFERENCES remote_components ON DELETE SET NULL,
  agent_id uuid UNIQUE REFERENCES remote_components ON DELETE SET NULL,
  environment text,
  snmp_port integer NOT NULL DEFAULT 161 CHECK (snmp_port BETWEEN 1 AND 65535),
  url text,
  os text,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT nodes_one_source CHECK (collector_id IS NULL OR agent_id IS NULL)
);
CREATE INDEX nodes_site ON nodes (site_id);
CREATE INDEX nodes_collector ON nodes (collector_id);
CREATE INDEX nodes_name ON nodes (lower(name), id);

CREATE TABLE node_group_members (
  group_id uuid NOT NULL REFERENCES node_groups ON DELETE CASCADE,
  node_id uuid NOT NULL REFERENCES nodes ON DELETE CASCADE,
  PRIMARY KEY (group_id, node_id)
);
CREATE INDEX node_group_members_node ON node_group_members (node_id);

-- Changes every few seconds; apart from nodes, so that those rows stay still.
CREATE TABLE node_states (
  node_id uuid PRIMARY KEY REFERENCES nodes ON DELETE CASCADE,
  status text NOT NULL DEFAULT 'discovering',
  status_since timestamptz(3) NOT NULL DEFAULT now(),
  status_reason text,
  last_seen_at timestamptz(3)
) WITH (fillfactor = 70);
CREATE INDEX node_states_status ON node_states (status);

CREATE FUNCTION nodes_state_row() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO node_states (node_id) VALUES (NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER nodes_state_row AFTER INSERT ON nodes
  FOR EACH ROW EXECUTE FUNCTION nodes_state_row();

CREATE TABLE node_status_changes (
  id uuid PRIMARY KEY DEFAULT stratora_uuidv7(),
  node_id uuid NOT NULL REFERENCES nodes ON DELETE CASCADE,
  time timestamptz(3) NOT NULL DEFAULT now(),
  old_status text NOT NULL,
  new_status text NOT NULL,
  reason text
);
CREATE INDEX node_status_changes_time ON node_status_changes (time DESC);
CREATE INDEX node_status_changes_node ON node_status_changes (node_id, time DESC);

-- Per target and input: what the collector's last attempt met.
CREATE TABLE collector_targets (
  node_id uuid NOT NULL REFERENCES nodes ON DELETE CASCADE,
  input text NOT NULL,
  component_id uuid NOT NULL REFERENCES remote_components ON DELETE CASCADE,
  status text NOT NULL,
  message text NOT NULL DEFAULT '',
  since timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (node_id, input)
);
CREATE INDEX collector_targets_component ON collector_targets (component_id);

-- A component's set of nodes is part of what every server keeps in memory to check its data.
CREATE FUNCTION notify_node_binding() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  owners uuid[] := CASE TG_OP
    WHEN 'INSERT' THEN ARRAY[NEW.collector_id, NEW.agent_id]
    WHEN 'DELETE' THEN ARRAY[OLD.collector_id, OLD.agent_id]
    ELSE ARRAY[OLD.collector_id, OLD.agent_id, NEW.collector_id, NEW.agent_id]
  END;
  owner uuid;
BEGIN
  FOREACH owner IN ARRAY owners LOOP
    IF owner IS NOT NULL THEN
      PERFORM pg_notify('stratora_component', owner::text);
    END IF;
  END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER nodes_notify_binding AFTER INSERT OR DELETE OR UPDATE OF collector_id, agent_id, template ON nodes
  FOR EACH ROW EXECUTE FUNCTION notify_node_binding();

-- Sorts addresses as people do: 10.0.0.9 before 10.0.0.10, names after addresses.
CREATE FUNCTION address_sort_key(address text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN address ~ '^\d{1,3}(\.\d{1,3}){3}$' THEN '4' || (
      SELECT string_agg(lpad(part, 3, '0'), '.' ORDER BY position)
      FROM unnest(string_to_array(address, '.')) WITH ORDINALITY AS parts(part, position)
    )
    WHEN address ~ ':' THEN '6' || lower(address)
    ELSE 'n' || lower(address)
  END
$$;
