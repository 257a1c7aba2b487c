-- People and programs that log in.

CREATE TABLE users (
  id uuid PRIMARY KEY DEFAULT stratora_uuidv7(),
  username text NOT NULL,
  display_name text,
  role text NOT NULL CHECK (role IN ('admin', 'operator', 'viewer')),
  password_hash text NOT NULL,
  must_change_password boolean NOT NULL DEFAULT true,
  enabled boolean NOT NULL DEFAULT true,
  -- Raised by a change of password, role or state; bearer tokens of an older epoch are refused.
  token_epoch integer NOT NULL DEFAULT 1,
  last_login_at timestamptz(3),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX users_username_key ON users (lower(username));

CREATE TABLE sessions (
  id uuid PRIMARY KEY DEFAULT stratora_uuidv7(),
  token_hash bytea NOT NULL UNIQUE,
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  last_used_at timestamptz(3) NOT NULL DEFAULT now(),
  expires_at timestamptz(3) NOT NULL,
  address text
);
CREATE INDEX sessions_user ON sessions (user_id);
CREATE INDEX sessions_expiry ON sessions (expires_at);
