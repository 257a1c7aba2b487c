-- Bearer tokens that were ended by a logout, until they would have ended by themselves.

CREATE TABLE ended_bearers (
  token_hash bytea PRIMARY KEY,
  expires_at timestamptz(3) NOT NULL
);
CREATE INDEX ended_bearers_expiry ON ended_bearers (expires_at);
