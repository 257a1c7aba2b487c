-- Work that the server has for components, which fetch it by calls of their own: tests of credentials, scans.
CREATE TABLE component_jobs (
  id uuid PRIMARY KEY DEFAULT stratora_uuidv7(),
  -- Null for one that ended at once, since nobody is there to do it.
  component_id uuid REFERENCES remote_components (id) ON DELETE CASCADE,
  kind text NOT NULL,
  -- What it is about, by ids alone: what the component is told, secrets among it, is made when it asks.
  subject jsonb NOT NULL,
  -- Whose it is: the jobs of several people take turns.
  requested_by text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  -- Until when it may be fetched, and for how long after that it may be answered.
  expires_at timestamptz(3) NOT NULL,
  run_seconds integer NOT NULL CHECK (run_seconds BETWEEN 1 AND 86400),
  fetched_at timestamptz(3),
  ended_at timestamptz(3),
  result jsonb,
  CHECK (component_id IS NOT NULL OR ended_at IS NOT NULL)
);
CREATE INDEX component_jobs_open ON component_jobs (component_id, created_at) WHERE ended_at IS NULL;
CREATE INDEX component_jobs_created ON component_jobs (created_at);

-- The servers that run, and the credential keys that each holds: secrets are sealed only with a key that all have.
CREATE TABLE credential_key_holders (
  server_id uuid PRIMARY KEY,
  hostname text NOT NULL,
  -- Fingerprints of the keys by version, from which no key can be found.
  keys jsonb NOT NULL,
  -- Version that it seals with.
  sealing_version integer NOT NULL,
  seen_at timestamptz(3) NOT NULL DEFAULT now()
);
