-- Who is told of which alerts, in which order.
ALTER TABLE users ADD COLUMN email text;

CREATE TABLE escalation_teams (
  id uuid PRIMARY KEY DEFAULT stratora_uuidv7(),
  name text NOT NULL,
  enabled boolean NOT NULL,
  -- Takes what no other team takes.
  is_default boolean NOT NULL,
  -- Ids in here may be of what is gone: a team for one site does not become one for all.
  match jsonb NOT NULL,
  active jsonb NOT NULL,
  steps jsonb NOT NULL,
  repeat jsonb,
  rotation jsonb,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT escalation_teams_default_enabled CHECK (enabled OR NOT is_default)
);
CREATE UNIQUE INDEX escalation_teams_name_key ON escalation_teams (stratora_name_key(name) COLLATE stratora_name);
CREATE UNIQUE INDEX escalation_teams_one_default ON escalation_teams (is_default) WHERE is_default;

-- Until people say otherwise every alert is told by every channel.
INSERT INTO escalation_teams (name, enabled, is_default, match, active, steps)
VALUES (
  'Everybody', true, true,
  '{"severities": [], "site_ids": [], "group_ids": [], "definition_ids": []}',
  '{"type": "always"}',
  '[{"after_seconds": 0}]'
);
