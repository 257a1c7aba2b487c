-- A name is no identity: what tells two hosts apart is the id that each machine has of itself.

DROP INDEX remote_components_host_key;
CREATE INDEX remote_components_host ON remote_components (component_type, lower(hostname));
DROP INDEX remote_components_machine;
-- A copied disk may live on under another name; the same machine under the same name is one component.
CREATE UNIQUE INDEX remote_components_machine_key ON remote_components (component_type, machine_id, lower(hostname))
  WHERE machine_id IS NOT NULL;

ALTER TABLE remote_components
  -- It registered then, or asked while it waited for approval; what an approved one says is in component_states.
  ADD COLUMN heard_at timestamptz(3) NOT NULL DEFAULT now(),
  -- Another machine of this name goes on as this component since then, if a person approves it.
  ADD COLUMN machine_changed_at timestamptz(3);
UPDATE remote_components SET heard_at = enrolled_at;

ALTER TABLE component_keys
  -- The machine that the key was given to, by which another one's registration ends nothing of it.
  ADD COLUMN machine_id text;
UPDATE component_keys k SET machine_id = c.machine_id FROM remote_components c WHERE c.id = k.component_id;

ALTER TABLE nodes
  -- The address was given by a person, so what its agent reports does not replace it.
  ADD COLUMN address_chosen boolean NOT NULL DEFAULT false;
UPDATE nodes n SET address_chosen = true FROM component_states s
  WHERE s.component_id = n.agent_id AND n.ip_address IS DISTINCT FROM s.address
    AND n.ip_address NOT IN ('127.0.0.1', '::1');

-- Samples carry the name of their node as the server has it.
DROP TRIGGER nodes_notify_binding ON nodes;
CREATE TRIGGER nodes_notify_binding AFTER INSERT OR DELETE OR UPDATE OF collector_id, agent_id, template, name ON nodes
  FOR EACH ROW EXECUTE FUNCTION notify_node_binding();
