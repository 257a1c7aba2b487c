-- The form in which addresses are sorted: IPv4 before IPv6, each by its octets; what is no address comes last.
CREATE FUNCTION stratora_address_key(address text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  RETURN encode(inet_send(split_part(address, '%', 1)::inet), 'hex');
EXCEPTION WHEN invalid_text_representation THEN
  RETURN 'z' || address;
END $$;

-- What is to be scanned, and how. Equal addresses of two jobs are two devices, so that those of two sites stay apart.
CREATE TABLE discovery_jobs (
  id uuid PRIMARY KEY DEFAULT stratora_uuidv7(),
  name text NOT NULL,
  -- As people wrote them; empty where crawl is set.
  targets jsonb NOT NULL,
  crawl jsonb,
  -- How many there are without those that are left out; null for a crawl.
  addresses integer CHECK (addresses BETWEEN 1 AND 65536),
  -- Who scans; null for the server. A job ends with its collector: nobody else is at that site.
  collector_id uuid REFERENCES remote_components (id) ON DELETE CASCADE,
  site_id uuid REFERENCES sites (id) ON DELETE SET NULL,
  -- In the order in which they are tried; those that are gone since are passed over.
  credential_ids uuid[] NOT NULL,
  options json NOT NULL,
  schedule json,
  next_run_at timestamptz(3),
  created_by text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  CHECK ((crawl IS NULL) = (addresses IS NOT NULL))
);
CREATE INDEX discovery_jobs_due ON discovery_jobs (next_run_at) WHERE next_run_at IS NOT NULL;
CREATE INDEX discovery_jobs_collector ON discovery_jobs (collector_id);
CREATE INDEX discovery_jobs_site ON discovery_jobs (site_id);

-- Each time that a job is scanned.
CREATE TABLE discovery_runs (
  id uuid PRIMARY KEY DEFAULT stratora_uuidv7(),
  job_id uuid NOT NULL REFERENCES discovery_jobs (id) ON DELETE CASCADE,
  number integer NOT NULL,
  trigger text NOT NULL CHECK (trigger IN ('created', 'rerun', 'schedule')),
  status text NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'running', 'done', 'failed', 'cancelled')),
  message text,
  phase text,
  done integer NOT NULL DEFAULT 0,
  total integer NOT NULL DEFAULT 0,
  found integer NOT NULL DEFAULT 0,
  -- What the scan is told: the job as it was when the run began. Without secrets.
  plan json NOT NULL,
  -- Where the scan goes on, and the number of the part that comes next.
  cursor text,
  next_part integer NOT NULL DEFAULT 0,
  -- Which of those who were told to scan is heard: who was told before is heard no more.
  attempt integer NOT NULL DEFAULT 0,
  -- Times that it was broken off, in all and since a part came.
  resumed integer NOT NULL DEFAULT 0,
  stalled integer NOT NULL DEFAULT 0,
  -- Not before this time, since the hours of the job are over.
  not_before timestamptz(3),
  packets bigint NOT NULL DEFAULT 0,
  remarks jsonb NOT NULL DEFAULT '[]',
  changes jsonb NOT NULL DEFAULT '{"new": 0, "changed": 0, "gone": 0, "back": 0}',
  requested_by text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  started_at timestamptz(3),
  heard_at timestamptz(3),
  ended_at timestamptz(3),
  UNIQUE (job_id, number),
  CHECK ((status IN ('queued', 'running')) = (ended_at IS NULL))
);
-- Two runs of a job would find every device twice.
CREATE UNIQUE INDEX discovery_runs_open ON discovery_runs (job_id) WHERE ended_at IS NULL;

-- What a job has found, from run to run.
CREATE TABLE discovered_devices (
  id uuid PRIMARY KEY DEFAULT stratora_uuidv7(),
  job_id uuid NOT NULL REFERENCES discovery_jobs (id) ON DELETE CASCADE,
  ip_address text NOT NULL,
  hostname text,
  sys_name text,
  sys_descr text,
  sys_object_id text,
  vendor text,
  model text,
  serial text,
  firmware text,
  os text,
  family text,
  device_type text NOT NULL,
  template text NOT NULL,
  confidence integer NOT NULL,
  reasons jsonb NOT NULL,
  -- With which it answered; null again where that is deleted.
  credential_id uuid REFERENCES credentials (id) ON DELETE SET NULL,
  snmp_port integer NOT NULL,
  mac_address text,
  mac_vendor text,
  open_ports jsonb NOT NULL,
  own_addresses jsonb NOT NULL,
  web jsonb,
  neighbours jsonb NOT NULL,
  merge_reasons jsonb NOT NULL,
  remarks jsonb NOT NULL,
  -- The run that saw it last, and how it was before that: what the run changes is told at its end.
  seen_run_id uuid,
  before jsonb,
  last_change text,
  is_gone boolean NOT NULL DEFAULT false,
  is_ignored boolean NOT NULL DEFAULT false,
  node_id uuid REFERENCES nodes (id) ON DELETE SET NULL,
  first_seen_at timestamptz(3) NOT NULL,
  last_seen_at timestamptz(3) NOT NULL
);
CREATE INDEX discovered_devices_job ON discovered_devices (job_id);
CREATE INDEX discovered_devices_node ON discovered_devices (node_id) WHERE node_id IS NOT NULL;
CREATE INDEX discovered_devices_credential ON discovered_devices (credential_id) WHERE credential_id IS NOT NULL;

-- The addresses at which devices answered: in one job an address is one device's, whoever writes at the same time.
CREATE TABLE discovered_addresses (
  job_id uuid NOT NULL,
  address text NOT NULL,
  device_id uuid NOT NULL REFERENCES discovered_devices (id) ON DELETE CASCADE,
  seen_run_id uuid,
  -- Somebody said that it is this device's.
  is_pinned boolean NOT NULL DEFAULT false,
  PRIMARY KEY (job_id, address)
);
CREATE INDEX discovered_addresses_device ON discovered_addresses (device_id);

-- What identifies devices. One that two devices of a job have identifies neither.
CREATE TABLE discovered_keys (
  job_id uuid NOT NULL,
  kind text NOT NULL,
  value text NOT NULL,
  device_id uuid NOT NULL REFERENCES discovered_devices (id) ON DELETE CASCADE,
  PRIMARY KEY (job_id, kind, value, device_id)
);
CREATE INDEX discovered_keys_device ON discovered_keys (device_id);
CREATE INDEX discovered_keys_value ON discovered_keys (kind, value);

-- What a run found otherwise than the one before.
CREATE TABLE discovery_changes (
  id uuid PRIMARY KEY DEFAULT stratora_uuidv7(),
  run_id uuid NOT NULL REFERENCES discovery_runs (id) ON DELETE CASCADE,
  device_id uuid NOT NULL REFERENCES discovered_devices (id) ON DELETE CASCADE,
  ip_address text NOT NULL,
  name text,
  change text NOT NULL CHECK (change IN ('new', 'changed', 'gone', 'back')),
  fields jsonb NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT now(),
  UNIQUE (run_id, device_id)
);
CREATE INDEX discovery_changes_device ON discovery_changes (device_id);

-- Every kind of packet that a run sent to each address.
CREATE TABLE discovery_ledger (
  id uuid NOT NULL DEFAULT stratora_uuidv7(),
  run_id uuid NOT NULL REFERENCES discovery_runs (id) ON DELETE CASCADE,
  address text NOT NULL,
  kinds jsonb NOT NULL,
  packets integer NOT NULL,
  PRIMARY KEY (run_id, address)
);

-- Devices that somebody does not want to see, by what identifies them, for every job of the same collector or of the server.
CREATE TABLE ignored_devices (
  id uuid PRIMARY KEY DEFAULT stratora_uuidv7(),
  collector_id uuid REFERENCES remote_components (id) ON DELETE CASCADE,
  site_id uuid REFERENCES sites (id) ON DELETE CASCADE,
  kind text NOT NULL,
  value text NOT NULL,
  ignored_by text NOT NULL,
  ignored_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX ignored_devices_key ON ignored_devices
  (kind, value, coalesce(collector_id, '00000000-0000-0000-0000-000000000000'), coalesce(site_id, '00000000-0000-0000-0000-000000000000'));

-- A scan of a plant takes days, and says every few seconds that it lives: then it is lost by its silence.
ALTER TABLE component_jobs DROP CONSTRAINT component_jobs_run_seconds_check;
ALTER TABLE component_jobs ADD CONSTRAINT component_jobs_run_seconds_check CHECK (run_seconds BETWEEN 1 AND 2000000);
ALTER TABLE component_jobs ADD COLUMN silent_seconds integer CHECK (silent_seconds BETWEEN 1 AND 86400);
ALTER TABLE component_jobs ADD COLUMN heard_at timestamptz(3);
CREATE INDEX component_jobs_kind ON component_jobs (kind, created_at);
