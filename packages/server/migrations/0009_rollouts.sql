-- Device templates as all servers have them in force, and their way to the components, some at a time.

-- What rendering reads of a template with everything it inherits. The hash is of gathered_by and inputs.
CREATE TABLE device_template_versions (
  hash text PRIMARY KEY,
  gathered_by text NOT NULL CHECK (gathered_by IN ('collector', 'agent')),
  inputs jsonb NOT NULL,
  -- For rows that components with an older version still send.
  metrics jsonb NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now()
);

CREATE TABLE device_templates (
  slug text PRIMARY KEY,
  hash text NOT NULL REFERENCES device_template_versions,
  -- As its file says, without what it inherits.
  own jsonb NOT NULL,
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);

CREATE TABLE rollouts (
  id uuid PRIMARY KEY DEFAULT stratora_uuidv7(),
  component_type text NOT NULL CHECK (component_type IN ('collector', 'agent')),
  cause text NOT NULL,
  actor text,
  state text NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'stopped', 'done', 'superseded')),
  stage text NOT NULL DEFAULT 'first' CHECK (stage IN ('first', 'tenth', 'rest')),
  soak_seconds integer NOT NULL,
  stage_since timestamptz(3) NOT NULL DEFAULT now(),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  ended_at timestamptz(3),
  message text,
  -- A person gave it to everybody: nothing stops it any more.
  is_forced boolean NOT NULL DEFAULT false
);
CREATE UNIQUE INDEX rollouts_one_active ON rollouts (component_type) WHERE state IN ('running', 'stopped');
CREATE INDEX rollouts_created ON rollouts (created_at DESC);

-- old_hash is what components have that were not reached yet; new_hash is null for a template that is gone.
CREATE TABLE rollout_templates (
  rollout_id uuid NOT NULL REFERENCES rollouts ON DELETE CASCADE,
  slug text NOT NULL,
  old_hash text NOT NULL REFERENCES device_template_versions,
  new_hash text REFERENCES device_template_versions,
  PRIMARY KEY (rollout_id, slug)
);

CREATE TABLE rollout_components (
  rollout_id uuid NOT NULL REFERENCES rollouts ON DELETE CASCADE,
  component_id uuid NOT NULL REFERENCES remote_components ON DELETE CASCADE,
  stage text NOT NULL CHECK (stage IN ('first', 'tenth', 'rest')),
  state text NOT NULL DEFAULT 'held' CHECK (state IN ('held', 'released', 'applied', 'failed')),
  -- Whether its configs are rendered with the old versions. A failed one is put back on them.
  is_held boolean NOT NULL DEFAULT true,
  -- One that was in trouble before cannot stop a rollout by being so still.
  was_healthy boolean NOT NULL DEFAULT true,
  released_at timestamptz(3),
  -- The first one rendered with the new versions; then the one that was applied.
  generation integer,
  applied_at timestamptz(3),
  PRIMARY KEY (rollout_id, component_id)
);
CREATE INDEX rollout_components_component ON rollout_components (component_id);

-- The versions that a component keeps while it is held.
CREATE TABLE rollout_versions (
  rollout_id uuid NOT NULL,
  component_id uuid NOT NULL,
  slug text NOT NULL,
  old_hash text NOT NULL REFERENCES device_template_versions,
  PRIMARY KEY (rollout_id, component_id, slug),
  FOREIGN KEY (rollout_id, component_id) REFERENCES rollout_components ON DELETE CASCADE
);
