-- Answers of calls that carried an Idempotency-Key: for a day a repeat is answered by them.
CREATE TABLE answered_calls (
  -- No reference: its check would wait for whoever changes users, while this transaction holds the end of the audit log.
  user_id uuid NOT NULL,
  key text NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
  -- A digest of the call and the body of its answer, sealed under the credential key: both may hold a secret.
  body bytea NOT NULL,
  key_version integer NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (user_id, key)
);
CREATE INDEX answered_calls_created ON answered_calls (created_at);
