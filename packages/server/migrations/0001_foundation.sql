-- What everything else stands on: ids, settings, leases, the audit log.

-- UUID version 7 (RFC 9562, section 5.7): 48 bits of milliseconds, then random bits taken from a version 4 id,
-- whose variant bits are already right. PostgreSQL has one of its own only from version 18 on.
CREATE FUNCTION stratora_uuidv7() RETURNS uuid
LANGUAGE sql VOLATILE PARALLEL SAFE AS $$
  SELECT (
    lpad(to_hex(floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0')
    || '7'
    || substr(replace(gen_random_uuid()::text, '-', ''), 14)
  )::uuid
$$;

CREATE TABLE settings (
  key text PRIMARY KEY,
  value jsonb NOT NULL,
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);

-- One holder at a time across all servers; each change of holder raises the epoch, which fences the one before.
CREATE TABLE leases (
  name text PRIMARY KEY,
  holder uuid NOT NULL,
  epoch bigint NOT NULL DEFAULT 1,
  expires_at timestamptz(3) NOT NULL
);

CREATE TABLE audit_log (
  seq bigint PRIMARY KEY,
  id uuid NOT NULL DEFAULT stratora_uuidv7() UNIQUE,
  time timestamptz(3) NOT NULL DEFAULT now(),
  actor_id uuid,
  actor text NOT NULL,
  action text NOT NULL,
  object_type text,
  object_id text,
  node_id uuid,
  detail jsonb NOT NULL DEFAULT '{}',
  request_id text,
  address text,
  previous_hash bytea NOT NULL,
  hash bytea NOT NULL
);
CREATE INDEX audit_log_time ON audit_log (time DESC);

-- The end of the chain. Updating its one row also puts concurrent writers in order, so the chain never forks.
CREATE TABLE audit_head (
  is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
  seq bigint NOT NULL,
  hash bytea NOT NULL
);
INSERT INTO audit_head (seq, hash) VALUES (0, '\x0000000000000000000000000000000000000000000000000000000000000000');

CREATE FUNCTION audit_entry_hash(entry audit_log) RETURNS bytea
LANGUAGE sql IMMUTABLE AS $$
  SELECT sha256(entry.previous_hash || convert_to(jsonb_build_array(
    entry.seq, entry.id, extract(epoch FROM entry.time), entry.actor_id, entry.actor, entry.action,
    entry.object_type, entry.object_id, entry.node_id, entry.detail, entry.request_id, entry.address
  )::text, 'UTF8'))
$$;

CREATE FUNCTION audit_log_append() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  UPDATE audit_head SET seq = audit_head.seq + 1 RETURNING audit_head.seq, audit_head.hash
    INTO NEW.seq, NEW.previous_hash;
  NEW.hash := audit_entry_hash(NEW);
  UPDATE audit_head SET hash = NEW.hash;
  RETURN NEW;
END $$;
CREATE TRIGGER audit_log_append BEFORE INSERT ON audit_log
  FOR EACH ROW EXECUTE FUNCTION audit_log_append();

CREATE FUNCTION audit_log_refuse() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is append-only';
END $$;
CREATE TRIGGER audit_log_no_change BEFORE UPDATE OR DELETE ON audit_log
  FOR EACH ROW EXECUTE FUNCTION audit_log_refuse();
CREATE TRIGGER audit_log_no_truncate BEFORE TRUNCATE ON audit_log
  FOR EACH STATEMENT EXECUTE FUNCTION audit_log_refuse();
