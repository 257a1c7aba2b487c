-- What devices say of their neighbours, and what follows from it: links, devices, places, approved wiring.

-- Grows with each report that is taken; whoever derives sees by it what is new.
CREATE SEQUENCE neighbour_report_seq;

-- What a node said of itself at the last reading.
CREATE TABLE neighbour_systems (
  node_id uuid PRIMARY KEY REFERENCES nodes ON DELETE CASCADE,
  seq bigint NOT NULL DEFAULT nextval('neighbour_report_seq'),
  system jsonb NOT NULL,
  read_at timestamptz(3) NOT NULL
);

-- A table of a node: how the last reading of it went, and the newest rows that count.
CREATE TABLE neighbour_tables (
  node_id uuid NOT NULL REFERENCES nodes ON DELETE CASCADE,
  name text NOT NULL,
  state text NOT NULL CHECK (state IN ('whole', 'part', 'absent', 'failed')),
  rows integer NOT NULL,
  left_out integer NOT NULL,
  reason text,
  read_at timestamptz(3) NOT NULL,
  -- Rows as JSON, packed by gzip; of the last whole reading, or of the last part where none was whole. Null: none yet.
  kept bytea,
  kept_rows integer NOT NULL DEFAULT 0,
  -- SHA-256 of the rows before they were packed: rows that are the same are not written again.
  kept_hash bytea,
  kept_at timestamptz(3),
  -- Whether what is kept is a whole reading.
  is_whole boolean NOT NULL DEFAULT false,
  PRIMARY KEY (node_id, name)
);
-- It is packed already.
ALTER TABLE neighbour_tables ALTER COLUMN kept SET STORAGE EXTERNAL;

-- Devices that are no nodes: neighbours that others tell of, and switches that are inferred.
CREATE TABLE topology_devices (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('neighbour', 'unmanaged_switch')),
  site_id uuid NOT NULL REFERENCES sites ON DELETE CASCADE,
  name text NOT NULL,
  -- The device as it was derived; as text, by which it is seen whether another derivation says the same.
  body json NOT NULL
);
CREATE INDEX topology_devices_site ON topology_devices (site_id);

-- Links that follow from what devices say. Each end is a node or a device.
CREATE TABLE derived_links (
  id uuid PRIMARY KEY,
  a_node_id uuid REFERENCES nodes ON DELETE CASCADE,
  a_device_id uuid REFERENCES topology_devices ON DELETE CASCADE,
  b_node_id uuid REFERENCES nodes ON DELETE CASCADE,
  b_device_id uuid REFERENCES topology_devices ON DELETE CASCADE,
  manual_link_id uuid REFERENCES topology_links ON DELETE SET NULL,
  state text NOT NULL CHECK (state IN ('up', 'down', 'stale')),
  body json NOT NULL,
  CONSTRAINT derived_links_ends CHECK (num_nonnulls(a_node_id, a_device_id) = 1 AND num_nonnulls(b_node_id, b_device_id) = 1)
);
CREATE INDEX derived_links_a_node ON derived_links (a_node_id);
CREATE INDEX derived_links_b_node ON derived_links (b_node_id);
CREATE INDEX derived_links_a_device ON derived_links (a_device_id) WHERE a_device_id IS NOT NULL;
CREATE INDEX derived_links_b_device ON derived_links (b_device_id) WHERE b_device_id IS NOT NULL;
CREATE INDEX derived_links_manual ON derived_links (manual_link_id) WHERE manual_link_id IS NOT NULL;

-- What is derived of a node beside its links.
CREATE TABLE topology_nodes (
  node_id uuid PRIMARY KEY REFERENCES nodes ON DELETE CASCADE,
  -- Why links of it may be missing, in words.
  reasons json NOT NULL,
  guests integer NOT NULL
);

-- Where each collector is plugged in. Without an interface: the device is its host.
CREATE TABLE collector_places (
  collector_id uuid PRIMARY KEY REFERENCES remote_components ON DELETE CASCADE,
  node_id uuid REFERENCES nodes ON DELETE CASCADE,
  device_id uuid REFERENCES topology_devices ON DELETE CASCADE,
  interface text,
  words text NOT NULL,
  CONSTRAINT collector_places_one CHECK (num_nonnulls(node_id, device_id) = 1)
);

-- The ports at which addresses are and were. A place is current until it is left.
CREATE TABLE address_places (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  mac_address macaddr NOT NULL,
  node_id uuid NOT NULL REFERENCES nodes ON DELETE CASCADE,
  -- What tells the interface from others of its node; empty where none is known.
  port text NOT NULL,
  interface text,
  vlan integer NOT NULL,
  ip_addresses text[] NOT NULL,
  is_edge boolean NOT NULL,
  behind text,
  -- The node that it belongs to, as long as there is one: no reference, which each of 100,000 rows would be checked by.
  owner_node_id uuid,
  first_seen_at timestamptz(3) NOT NULL,
  -- When it was left; a current place was last seen when its node's table was last read whole.
  last_seen_at timestamptz(3),
  left_at timestamptz(3)
);
-- VLAN 0 stands for none.
CREATE UNIQUE INDEX address_places_current ON address_places (mac_address, node_id, port, vlan) WHERE left_at IS NULL;
CREATE INDEX address_places_history ON address_places (mac_address, left_at) WHERE left_at IS NOT NULL;
CREATE INDEX address_places_left ON address_places (left_at) WHERE left_at IS NOT NULL;
CREATE INDEX address_places_addresses ON address_places USING gin (ip_addresses);
CREATE INDEX address_places_node ON address_places (node_id);

-- Where nodes and devices stand on the map.
CREATE TABLE map_positions (
  id uuid PRIMARY KEY,
  node_id uuid REFERENCES nodes ON DELETE CASCADE,
  device_id uuid REFERENCES topology_devices ON DELETE CASCADE,
  x double precision NOT NULL,
  y double precision NOT NULL,
  tier text CHECK (tier IN ('core', 'distribution', 'access', 'end')),
  is_placed_by_hand boolean NOT NULL,
  CONSTRAINT map_positions_of CHECK (num_nonnulls(node_id, device_id) = 1 AND id = coalesce(node_id, device_id))
);
CREATE INDEX map_positions_node ON map_positions (node_id) WHERE node_id IS NOT NULL;
CREATE INDEX map_positions_device ON map_positions (device_id) WHERE device_id IS NOT NULL;

-- One row: what was last worked out of all.
CREATE TABLE topology_state (
  id boolean PRIMARY KEY DEFAULT true CHECK (id),
  derived_at timestamptz(3),
  -- Addresses that several devices have, or that are at several places.
  conflicts jsonb NOT NULL DEFAULT '[]',
  laid_out_at timestamptz(3),
  is_plain_layout boolean NOT NULL DEFAULT false,
  -- What the layout was made of; another one is due where it differs.
  layout_of text
);
INSERT INTO topology_state DEFAULT VALUES;

-- Sites whose wiring somebody approved.
CREATE TABLE wiring_approvals (
  site_id uuid PRIMARY KEY REFERENCES sites ON DELETE CASCADE,
  approved_at timestamptz(3) NOT NULL,
  approved_by text NOT NULL
);

-- The links that were approved, as they were then; with what became of one that is not there any more.
CREATE TABLE approved_links (
  -- Id of the derived link.
  id uuid PRIMARY KEY,
  site_id uuid NOT NULL REFERENCES wiring_approvals ON DELETE CASCADE,
  a_node_id uuid REFERENCES nodes ON DELETE CASCADE,
  b_node_id uuid REFERENCES nodes ON DELETE CASCADE,
  a jsonb NOT NULL,
  b jsonb NOT NULL,
  -- `kind`, `since`, `detail` and `moved_to` of a ghost; null while the link is there.
  ghost jsonb
);
CREATE INDEX approved_links_site ON approved_links (site_id);
CREATE INDEX approved_links_a_node ON approved_links (a_node_id) WHERE a_node_id IS NOT NULL;
CREATE INDEX approved_links_b_node ON approved_links (b_node_id) WHERE b_node_id IS NOT NULL;

-- What happened to links and devices. Rows outlive what they are about.
CREATE TABLE topology_events (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz(3) NOT NULL,
  kind text NOT NULL,
  site_id uuid,
  node_ids uuid[] NOT NULL,
  link_id uuid,
  detail text NOT NULL
);
CREATE INDEX topology_events_at ON topology_events (at);
CREATE INDEX topology_events_nodes ON topology_events USING gin (node_ids);
