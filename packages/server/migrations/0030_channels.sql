-- Ways by which people, and other systems, hear of alerts.
CREATE TABLE notification_channels (
  id uuid PRIMARY KEY DEFAULT stratora_uuidv7(),
  name text NOT NULL,
  type text NOT NULL CHECK (type IN ('email', 'webhook', 'slack', 'teams')),
  enabled boolean NOT NULL DEFAULT true,
  -- Template of the text of a notice; null: the built-in one.
  text text,
  max_per_minute integer NOT NULL,
  -- The whole config: AES-256-GCM under a key that is not in the database, bound to id, type and key version.
  config bytea NOT NULL,
  key_version integer NOT NULL,
  -- The config with a mark in the place of each secret, as it is shown.
  shown_config jsonb NOT NULL,
  -- Addresses of mail; for other types the host that is posted to.
  recipients jsonb NOT NULL,
  last_accepted_at timestamptz(3),
  last_failure_at timestamptz(3),
  last_failure_reason text,
  last_failure_message text,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX notification_channels_name_key
  ON notification_channels (stratora_name_key(name) COLLATE stratora_name);
