-- Names of hosts are compared by ICU's small letters, whatever locale the database was made with.
DROP INDEX remote_components_host;
CREATE INDEX remote_components_host ON remote_components (component_type, lower(hostname COLLATE stratora_order));
DROP INDEX remote_components_machine_key;
CREATE UNIQUE INDEX remote_components_machine_key
  ON remote_components (component_type, machine_id, lower(hostname COLLATE stratora_order)) WHERE machine_id IS NOT NULL;
