-- Secrets for polling: AES-256-GCM under a key that is not in the database, bound to id, type and key version.

CREATE TABLE credentials (
  id uuid PRIMARY KEY DEFAULT stratora_uuidv7(),
  name text NOT NULL,
  type text NOT NULL,
  description text,
  enabled boolean NOT NULL DEFAULT true,
  secret bytea NOT NULL,
  key_version integer NOT NULL,
  secret_fields jsonb NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX credentials_name_key ON credentials (lower(name));

CREATE TABLE node_credentials (
  node_id uuid NOT NULL REFERENCES nodes ON DELETE CASCADE,
  purpose text NOT NULL,
  credential_id uuid NOT NULL REFERENCES credentials ON DELETE RESTRICT,
  PRIMARY KEY (node_id, purpose)
);
CREATE INDEX node_credentials_credential ON node_credentials (credential_id);
