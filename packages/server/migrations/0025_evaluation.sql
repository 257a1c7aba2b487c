-- What the evaluator must remember of a condition: where it has begun to be bad or good, fires, or was once seen good.
CREATE TABLE alert_states (
  -- Slug of the root of the family of definitions that judges it.
  family text NOT NULL,
  -- Id of a node or of a component; the id of zeros is the system itself. No reference: who is gone is forgotten by the
  -- evaluator, after it has resolved the alert.
  subject uuid NOT NULL,
  instance text NOT NULL,
  phase text NOT NULL CHECK (phase IN ('quiet', 'pending', 'firing', 'resolving')),
  severity text CHECK (severity IN ('info', 'warning', 'critical')),
  -- Readings of the evaluated clock in milliseconds.
  since double precision NOT NULL,
  raise_since double precision,
  lower_since double precision,
  frozen_at double precision,
  seen_good boolean NOT NULL,
  missing boolean NOT NULL,
  changes double precision[] NOT NULL,
  unstable boolean NOT NULL,
  clear boolean NOT NULL,
  -- Wall time at which the condition became true.
  started_at timestamptz(3),
  -- Reading of the clock at which its alert fired; null where there is none.
  fired_at double precision,
  labels jsonb NOT NULL,
  PRIMARY KEY (family, subject, instance),
  CHECK ((phase IN ('firing', 'resolving')) = (severity IS NOT NULL))
);

-- The clock by which the evaluator counts: it stands still while nobody evaluates.
CREATE TABLE evaluator_state (
  is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
  clock_ms double precision NOT NULL,
  -- Latest wall time that a cycle was evaluated at.
  evaluated_at timestamptz(3) NOT NULL
);

-- Since which reading of the clock a node sends data that was added, or given to another source. Until it has settled, its
-- series are not judged.
CREATE TABLE settling_nodes (
  node_id uuid PRIMARY KEY REFERENCES nodes ON DELETE CASCADE,
  since double precision NOT NULL
);
