-- What collectors tell by themselves while they cannot reach the server: which orders each has, and what it told.
CREATE TABLE outage_orders (
  component_id uuid PRIMARY KEY REFERENCES remote_components (id) ON DELETE CASCADE,
  -- Mark of the newest orders that went out to it.
  delivered_mark text,
  -- Mark of the orders that it says it has, and since when.
  held_mark text,
  held_since timestamptz(3)
);

CREATE TABLE outages (
  component_id uuid NOT NULL REFERENCES remote_components (id) ON DELETE CASCADE,
  -- Made up by the collector.
  id uuid NOT NULL,
  began_at timestamptz(3) NOT NULL,
  ended_at timestamptz(3) NOT NULL,
  last_error text NOT NULL,
  tellings jsonb NOT NULL,
  reported_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (component_id, id)
);
