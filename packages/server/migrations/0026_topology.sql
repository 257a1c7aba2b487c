-- How nodes hang together, as people say it.

-- Two nodes that a cable joins. The ends stand as they were given; a link has no direction.
CREATE TABLE topology_links (
  id uuid PRIMARY KEY DEFAULT stratora_uuidv7(),
  a_node_id uuid NOT NULL REFERENCES nodes ON DELETE CASCADE,
  a_interface text,
  b_node_id uuid NOT NULL REFERENCES nodes ON DELETE CASCADE,
  b_interface text,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT topology_links_two_nodes CHECK (a_node_id <> b_node_id)
);
-- A link is the same from either end; two nodes may have several links, by other interfaces.
CREATE UNIQUE INDEX topology_links_once ON topology_links (
  least(a_node_id, b_node_id),
  greatest(a_node_id, b_node_id),
  (CASE WHEN a_node_id < b_node_id THEN coalesce(a_interface, '') ELSE coalesce(b_interface, '') END),
  (CASE WHEN a_node_id < b_node_id THEN coalesce(b_interface, '') ELSE coalesce(a_interface, '') END)
);
CREATE INDEX topology_links_a ON topology_links (a_node_id);
CREATE INDEX topology_links_b ON topology_links (b_node_id);

-- The nodes that somebody says a node is reached through; a node without rows is reached as its links say.
CREATE TABLE node_parents (
  node_id uuid NOT NULL REFERENCES nodes ON DELETE CASCADE,
  parent_id uuid NOT NULL REFERENCES nodes ON DELETE CASCADE,
  PRIMARY KEY (node_id, parent_id),
  CONSTRAINT node_parents_other CHECK (node_id <> parent_id)
);
CREATE INDEX node_parents_parent ON node_parents (parent_id);
