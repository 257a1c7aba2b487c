-- What the migrations add up to. Written by a test; never run.

CREATE TABLE address_places (
  id bigint NOT NULL,
  mac_address macaddr NOT NULL,
  node_id uuid NOT NULL,
  port text NOT NULL,
  interface text,
  vlan integer NOT NULL,
  ip_addresses text[] NOT NULL,
  is_edge boolean NOT NULL,
  behind text,
  owner_node_id uuid,
  first_seen_at timestamp(3) with time zone NOT NULL,
  last_seen_at timestamp(3) with time zone,
  left_at timestamp(3) with time zone
);

CREATE TABLE alert_definitions (
  id uuid NOT NULL DEFAULT stratora_uuidv7(),
  slug text NOT NULL,
  name text NOT NULL,
  kind text NOT NULL,
  expr text,
  comparison text NOT NULL,
  warning double precision,
  warning_clear double precision,
  critical double precision,
  critical_clear double precision,
  unit text,
  duration_seconds integer NOT NULL,
  clear_after_seconds integer NOT NULL,
  instance_labels text[],
  no_data text NOT NULL,
  look_back_seconds integer,
  seen_good boolean NOT NULL,
  settle_seconds integer,
  scope_site_id uuid,
  scope_group_id uuid,
  scope_node_id uuid,
  overrides uuid,
  summary text,
  runbook_url text,
  enabled boolean NOT NULL,
  shipped jsonb,
  is_changed boolean NOT NULL DEFAULT false,
  created_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now()
);

CREATE TABLE alert_events (
  id bigint NOT NULL,
  alert_id uuid NOT NULL,
  at timestamp(3) with time zone NOT NULL DEFAULT now(),
  event text NOT NULL,
  actor text,
  detail jsonb NOT NULL DEFAULT '{}'::jsonb
);

CREATE TABLE alert_states (
  family text NOT NULL,
  subject uuid NOT NULL,
  instance text NOT NULL,
  phase text NOT NULL,
  severity text,
  since double precision NOT NULL,
  raise_since double precision,
  lower_since double precision,
  frozen_at double precision,
  seen_good boolean NOT NULL,
  missing boolean NOT NULL,
  changes double precision[] NOT NULL,
  unstable boolean NOT NULL,
  clear boolean NOT NULL,
  started_at timestamp(3) with time zone,
  fired_at double precision,
  labels jsonb NOT NULL
);

CREATE TABLE alerts (
  id uuid NOT NULL DEFAULT stratora_uuidv7(),
  state text NOT NULL DEFAULT 'active'::text,
  node_id uuid,
  component_id uuid,
  subject uuid NOT NULL DEFAULT COALESCE(node_id, component_id, '00000000-0000-0000-0000-000000000000'::uuid),
  subject_name text NOT NULL,
  site_id uuid,
  definition_id uuid NOT NULL,
  root_id uuid NOT NULL,
  definition_slug text NOT NULL,
  definition_name text NOT NULL,
  scope_type text NOT NULL,
  scope_id uuid,
  duration_seconds integer NOT NULL,
  runbook_url text,
  alert_key text NOT NULL,
  instance text NOT NULL,
  labels jsonb NOT NULL,
  severity text NOT NULL,
  value double precision,
  peak double precision,
  value_at timestamp(3) with time zone NOT NULL,
  threshold double precision,
  comparison text NOT NULL,
  unit text,
  summary text NOT NULL,
  query text NOT NULL,
  started_at timestamp(3) with time zone NOT NULL,
  triggered_at timestamp(3) with time zone NOT NULL,
  resolved_at timestamp(3) with time zone,
  acknowledged_at timestamp(3) with time zone,
  acknowledged_by text,
  acknowledged_comment text,
  muted_at timestamp(3) with time zone,
  muted_by text,
  muted_until timestamp(3) with time zone,
  held_by text,
  held_since timestamp(3) with time zone,
  held_alert_id uuid,
  held_node_id uuid,
  held_window_id uuid,
  flapping_since timestamp(3) with time zone,
  changes integer NOT NULL DEFAULT 0,
  search_text text NOT NULL DEFAULT "left"(stratora_fold(((((subject_name || ' '::text) || definition_name) || ' '::text) || alert_key)), 400)
);

CREATE TABLE answered_calls (
  user_id uuid NOT NULL,
  key text NOT NULL,
  body bytea NOT NULL,
  key_version integer NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now()
);

CREATE TABLE approved_links (
  id uuid NOT NULL,
  site_id uuid NOT NULL,
  a_node_id uuid,
  b_node_id uuid,
  a jsonb NOT NULL,
  b jsonb NOT NULL,
  ghost jsonb
);

CREATE TABLE audit_head (
  is_only boolean NOT NULL DEFAULT true,
  seq bigint NOT NULL,
  hash bytea NOT NULL
);

CREATE TABLE audit_log (
  seq bigint NOT NULL,
  id uuid NOT NULL DEFAULT stratora_uuidv7(),
  "time" timestamp(3) with time zone NOT NULL DEFAULT now(),
  actor_id uuid,
  actor text NOT NULL,
  action text NOT NULL,
  object_type text,
  object_id text,
  node_id uuid,
  detail jsonb NOT NULL DEFAULT '{}'::jsonb,
  request_id text,
  address text,
  previous_hash bytea NOT NULL,
  hash bytea NOT NULL
);

CREATE TABLE collector_config_dirty (
  component_id uuid NOT NULL,
  version bigint NOT NULL DEFAULT 1,
  dirty_since timestamp(3) with time zone NOT NULL DEFAULT now(),
  due_at timestamp(3) with time zone NOT NULL,
  claimed_until timestamp(3) with time zone,
  cause text NOT NULL,
  actor text,
  claim_token uuid,
  changes integer NOT NULL DEFAULT 1
);

CREATE TABLE collector_configs (
  component_id uuid NOT NULL,
  generation integer NOT NULL,
  hash text NOT NULL,
  body bytea NOT NULL,
  key_version integer NOT NULL,
  node_count integer NOT NULL,
  left_out jsonb NOT NULL DEFAULT '[]'::jsonb,
  cause text NOT NULL,
  actor text,
  created_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  encoding text NOT NULL DEFAULT 'plain'::text,
  bytes integer NOT NULL DEFAULT 0,
  outcome text,
  outcome_message text,
  outcome_at timestamp(3) with time zone
);

CREATE TABLE collector_places (
  collector_id uuid NOT NULL,
  node_id uuid,
  device_id uuid,
  interface text,
  words text NOT NULL
);

CREATE TABLE collector_targets (
  node_id uuid NOT NULL,
  input text NOT NULL,
  component_id uuid NOT NULL,
  status text NOT NULL,
  message text NOT NULL DEFAULT ''::text,
  since timestamp(3) with time zone NOT NULL DEFAULT now(),
  detail text NOT NULL DEFAULT ''::text
);

CREATE TABLE component_gaps (
  component_id uuid NOT NULL,
  from_time timestamp(3) with time zone NOT NULL,
  to_time timestamp(3) with time zone NOT NULL,
  count bigint NOT NULL,
  reported_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  seq bigint NOT NULL
);

CREATE TABLE component_instances (
  component_id uuid NOT NULL,
  instance text NOT NULL,
  first_heard_at timestamp(3) with time zone NOT NULL,
  last_heard_at timestamp(3) with time zone NOT NULL,
  address text
);

CREATE TABLE component_jobs (
  id uuid NOT NULL DEFAULT stratora_uuidv7(),
  component_id uuid,
  kind text NOT NULL,
  subject jsonb NOT NULL,
  requested_by text NOT NULL,
  created_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  expires_at timestamp(3) with time zone NOT NULL,
  run_seconds integer NOT NULL,
  fetched_at timestamp(3) with time zone,
  ended_at timestamp(3) with time zone,
  result jsonb,
  silent_seconds integer,
  heard_at timestamp(3) with time zone
);

CREATE TABLE component_keys (
  key_id text NOT NULL,
  component_id uuid NOT NULL,
  key_bcrypt text NOT NULL,
  fast_verifier bytea,
  created_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  first_used_at timestamp(3) with time zone,
  expires_at timestamp(3) with time zone,
  is_fetched boolean NOT NULL DEFAULT false,
  machine_id text
);

CREATE TABLE component_reports (
  component_id uuid NOT NULL,
  seq bigint NOT NULL,
  at timestamp(3) with time zone NOT NULL DEFAULT now(),
  status text NOT NULL,
  config_hash text NOT NULL,
  message text,
  engine_kind text NOT NULL,
  engine_version text NOT NULL,
  engine_running boolean NOT NULL
);

CREATE TABLE component_states (
  component_id uuid NOT NULL,
  last_seen_at timestamp(3) with time zone,
  address text,
  engine jsonb,
  queue jsonb,
  running_config_hash text,
  config_status text,
  config_message text,
  clock_skew_seconds double precision,
  os_version text,
  fqdn text,
  ip_addresses jsonb NOT NULL DEFAULT '[]'::jsonb,
  roles jsonb NOT NULL DEFAULT '[]'::jsonb,
  uptime_seconds double precision,
  lines_accepted bigint NOT NULL DEFAULT 0,
  lines_rejected bigint NOT NULL DEFAULT 0,
  rejected_by_reason jsonb NOT NULL DEFAULT '{}'::jsonb,
  last_ingest_at timestamp(3) with time zone,
  last_rejection text,
  config_status_since timestamp(3) with time zone,
  clock_skew_since timestamp(3) with time zone,
  identity_conflict_at timestamp(3) with time zone,
  reported_hostname text
);

CREATE TABLE credential_key_holders (
  server_id uuid NOT NULL,
  hostname text NOT NULL,
  keys jsonb NOT NULL,
  sealing_version integer NOT NULL,
  seen_at timestamp(3) with time zone NOT NULL DEFAULT now()
);

CREATE TABLE credentials (
  id uuid NOT NULL DEFAULT stratora_uuidv7(),
  name text NOT NULL,
  type text NOT NULL,
  description text,
  enabled boolean NOT NULL DEFAULT true,
  secret bytea NOT NULL,
  key_version integer NOT NULL,
  secret_fields jsonb NOT NULL,
  created_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now()
);

CREATE TABLE custom_templates (
  slug text NOT NULL,
  text text NOT NULL,
  updated_by text NOT NULL,
  created_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now()
);

CREATE TABLE derived_links (
  id uuid NOT NULL,
  a_node_id uuid,
  a_device_id uuid,
  b_node_id uuid,
  b_device_id uuid,
  manual_link_id uuid,
  state text NOT NULL,
  body json NOT NULL
);

CREATE TABLE device_template_versions (
  hash text NOT NULL,
  gathered_by text NOT NULL,
  inputs jsonb NOT NULL,
  metrics jsonb NOT NULL,
  created_at timestamp(3) with time zone NOT NULL DEFAULT now()
);

CREATE TABLE device_templates (
  slug text NOT NULL,
  hash text NOT NULL,
  own jsonb NOT NULL,
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  custom boolean NOT NULL DEFAULT false
);

CREATE TABLE discovered_addresses (
  job_id uuid NOT NULL,
  address text NOT NULL,
  device_id uuid NOT NULL,
  seen_run_id uuid,
  is_pinned boolean NOT NULL DEFAULT false
);

CREATE TABLE discovered_devices (
  id uuid NOT NULL DEFAULT stratora_uuidv7(),
  job_id uuid NOT NULL,
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
  credential_id uuid,
  snmp_port integer NOT NULL,
  mac_address text,
  mac_vendor text,
  open_ports jsonb NOT NULL,
  own_addresses jsonb NOT NULL,
  web jsonb,
  neighbours jsonb NOT NULL,
  merge_reasons jsonb NOT NULL,
  remarks jsonb NOT NULL,
  seen_run_id uuid,
  before jsonb,
  last_change text,
  is_gone boolean NOT NULL DEFAULT false,
  is_ignored boolean NOT NULL DEFAULT false,
  node_id uuid,
  first_seen_at timestamp(3) with time zone NOT NULL,
  last_seen_at timestamp(3) with time zone NOT NULL
);

CREATE TABLE discovered_keys (
  job_id uuid NOT NULL,
  kind text NOT NULL,
  value text NOT NULL,
  device_id uuid NOT NULL
);

CREATE TABLE discovery_changes (
  id uuid NOT NULL DEFAULT stratora_uuidv7(),
  run_id uuid NOT NULL,
  device_id uuid NOT NULL,
  ip_address text NOT NULL,
  name text,
  change text NOT NULL,
  fields jsonb NOT NULL,
  at timestamp(3) with time zone NOT NULL DEFAULT now()
);

CREATE TABLE discovery_jobs (
  id uuid NOT NULL DEFAULT stratora_uuidv7(),
  name text NOT NULL,
  targets jsonb NOT NULL,
  crawl jsonb,
  addresses integer,
  collector_id uuid,
  site_id uuid,
  credential_ids uuid[] NOT NULL,
  options json NOT NULL,
  schedule json,
  next_run_at timestamp(3) with time zone,
  created_by text NOT NULL,
  created_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now()
);

CREATE TABLE discovery_ledger (
  id uuid NOT NULL DEFAULT stratora_uuidv7(),
  run_id uuid NOT NULL,
  address text NOT NULL,
  kinds jsonb NOT NULL,
  packets integer NOT NULL
);

CREATE TABLE discovery_runs (
  id uuid NOT NULL DEFAULT stratora_uuidv7(),
  job_id uuid NOT NULL,
  number integer NOT NULL,
  trigger text NOT NULL,
  status text NOT NULL DEFAULT 'queued'::text,
  message text,
  phase text,
  done integer NOT NULL DEFAULT 0,
  total integer NOT NULL DEFAULT 0,
  found integer NOT NULL DEFAULT 0,
  plan json NOT NULL,
  cursor text,
  next_part integer NOT NULL DEFAULT 0,
  attempt integer NOT NULL DEFAULT 0,
  resumed integer NOT NULL DEFAULT 0,
  stalled integer NOT NULL DEFAULT 0,
  not_before timestamp(3) with time zone,
  packets bigint NOT NULL DEFAULT 0,
  remarks jsonb NOT NULL DEFAULT '[]'::jsonb,
  changes jsonb NOT NULL DEFAULT '{"new": 0, "back": 0, "gone": 0, "changed": 0}'::jsonb,
  requested_by text NOT NULL,
  created_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  started_at timestamp(3) with time zone,
  heard_at timestamp(3) with time zone,
  ended_at timestamp(3) with time zone
);

CREATE TABLE ended_bearers (
  token_hash bytea NOT NULL,
  expires_at timestamp(3) with time zone NOT NULL
);

CREATE TABLE enrollment_tokens (
  id uuid NOT NULL DEFAULT stratora_uuidv7(),
  token_hash bytea NOT NULL,
  description text,
  multi_use boolean NOT NULL,
  max_uses integer,
  use_count integer NOT NULL DEFAULT 0,
  expires_at timestamp(3) with time zone,
  revoked_at timestamp(3) with time zone,
  site_id uuid,
  component_type text,
  auto_approve boolean NOT NULL DEFAULT false,
  is_local boolean NOT NULL DEFAULT false,
  created_by text,
  created_at timestamp(3) with time zone NOT NULL DEFAULT now()
);

CREATE TABLE escalation_teams (
  id uuid NOT NULL DEFAULT stratora_uuidv7(),
  name text NOT NULL,
  enabled boolean NOT NULL,
  is_default boolean NOT NULL,
  match jsonb NOT NULL,
  active jsonb NOT NULL,
  steps jsonb NOT NULL,
  repeat jsonb,
  rotation jsonb,
  created_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now()
);

CREATE TABLE escalations (
  alert_id uuid NOT NULL,
  team_id uuid NOT NULL,
  begun_at timestamp(3) with time zone NOT NULL,
  base_at timestamp(3) with time zone NOT NULL,
  generation integer NOT NULL DEFAULT 0,
  "position" integer NOT NULL,
  severity text NOT NULL,
  paused_at timestamp(3) with time zone,
  next_at timestamp(3) with time zone,
  stopped_reason text
);

CREATE TABLE evaluator_state (
  is_only boolean NOT NULL DEFAULT true,
  clock_ms double precision NOT NULL,
  evaluated_at timestamp(3) with time zone NOT NULL
);

CREATE TABLE identity_corrections (
  id uuid NOT NULL DEFAULT stratora_uuidv7(),
  node_id uuid,
  vendor text,
  model text,
  os text,
  family text,
  device_type text,
  template text,
  for_alike boolean NOT NULL,
  sys_object_id text,
  sys_descr text,
  sys_name text,
  recognised_model text,
  corrected_by text NOT NULL,
  corrected_at timestamp(3) with time zone NOT NULL DEFAULT now()
);

CREATE TABLE ignored_devices (
  id uuid NOT NULL DEFAULT stratora_uuidv7(),
  collector_id uuid,
  site_id uuid,
  kind text NOT NULL,
  value text NOT NULL,
  ignored_by text NOT NULL,
  ignored_at timestamp(3) with time zone NOT NULL DEFAULT now()
);

CREATE TABLE leases (
  name text NOT NULL,
  holder uuid NOT NULL,
  epoch bigint NOT NULL DEFAULT 1,
  expires_at timestamp(3) with time zone NOT NULL
);

CREATE TABLE maintenance_periods (
  id uuid NOT NULL DEFAULT stratora_uuidv7(),
  window_id uuid NOT NULL,
  window_name text NOT NULL,
  scope_type text NOT NULL,
  scope_id uuid,
  reason text,
  starts_at timestamp(3) with time zone NOT NULL,
  ends_at timestamp(3) with time zone NOT NULL,
  from_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  to_at timestamp(3) with time zone,
  reminded_at timestamp(3) with time zone
);

CREATE TABLE maintenance_windows (
  id uuid NOT NULL DEFAULT stratora_uuidv7(),
  name text NOT NULL,
  scope_site_id uuid,
  scope_group_id uuid,
  scope_node_id uuid,
  starts_at timestamp(3) with time zone NOT NULL,
  ends_at timestamp(3) with time zone NOT NULL,
  rrule text,
  exdates text[] NOT NULL,
  timezone text NOT NULL,
  reason text,
  ended_early_at timestamp(3) with time zone,
  occurrence_starts_at timestamp(3) with time zone,
  occurrence_ends_at timestamp(3) with time zone,
  following_starts_at timestamp(3) with time zone,
  following_ends_at timestamp(3) with time zone,
  created_by text NOT NULL,
  created_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now()
);

CREATE TABLE map_positions (
  id uuid NOT NULL,
  node_id uuid,
  device_id uuid,
  x double precision NOT NULL,
  y double precision NOT NULL,
  tier text,
  is_placed_by_hand boolean NOT NULL
);

CREATE TABLE neighbour_systems (
  node_id uuid NOT NULL,
  seq bigint NOT NULL DEFAULT nextval('neighbour_report_seq'::regclass),
  system jsonb NOT NULL,
  read_at timestamp(3) with time zone NOT NULL
);

CREATE TABLE neighbour_tables (
  node_id uuid NOT NULL,
  name text NOT NULL,
  state text NOT NULL,
  rows integer NOT NULL,
  left_out integer NOT NULL,
  reason text,
  read_at timestamp(3) with time zone NOT NULL,
  kept bytea,
  kept_rows integer NOT NULL DEFAULT 0,
  kept_hash bytea,
  kept_at timestamp(3) with time zone,
  is_whole boolean NOT NULL DEFAULT false
);

CREATE TABLE node_credentials (
  node_id uuid NOT NULL,
  purpose text NOT NULL,
  credential_id uuid NOT NULL
);

CREATE TABLE node_group_members (
  group_id uuid NOT NULL,
  node_id uuid NOT NULL
);

CREATE TABLE node_groups (
  id uuid NOT NULL DEFAULT stratora_uuidv7(),
  name text NOT NULL,
  description text,
  created_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now()
);

CREATE TABLE node_parents (
  node_id uuid NOT NULL,
  parent_id uuid NOT NULL
);

CREATE TABLE node_states (
  node_id uuid NOT NULL,
  status text NOT NULL DEFAULT 'discovering'::text,
  status_since timestamp(3) with time zone NOT NULL DEFAULT now(),
  status_reason text,
  last_seen_at timestamp(3) with time zone,
  asked_anew_at timestamp(3) with time zone
);

CREATE TABLE node_status_changes (
  id uuid NOT NULL DEFAULT stratora_uuidv7(),
  node_id uuid NOT NULL,
  "time" timestamp(3) with time zone NOT NULL DEFAULT now(),
  old_status text NOT NULL,
  new_status text NOT NULL,
  reason text
);

CREATE TABLE nodes (
  id uuid NOT NULL DEFAULT stratora_uuidv7(),
  name text NOT NULL,
  ip_address text NOT NULL,
  fqdn text,
  node_type text NOT NULL,
  site_id uuid NOT NULL,
  template text NOT NULL,
  collector_id uuid,
  agent_id uuid,
  environment text,
  snmp_port integer NOT NULL DEFAULT 161,
  url text,
  os text,
  created_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  collector_chosen boolean NOT NULL DEFAULT false,
  address_chosen boolean NOT NULL DEFAULT false,
  snmp_pace json
);

CREATE TABLE notification_channels (
  id uuid NOT NULL DEFAULT stratora_uuidv7(),
  name text NOT NULL,
  type text NOT NULL,
  enabled boolean NOT NULL DEFAULT true,
  text text,
  max_per_minute integer NOT NULL,
  config bytea NOT NULL,
  key_version integer NOT NULL,
  shown_config jsonb NOT NULL,
  recipients jsonb NOT NULL,
  last_accepted_at timestamp(3) with time zone,
  last_failure_at timestamp(3) with time zone,
  last_failure_reason text,
  last_failure_message text,
  created_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now()
);

CREATE TABLE notification_lanes (
  lane_id uuid NOT NULL,
  failing_since timestamp(3) with time zone,
  failures integer NOT NULL DEFAULT 0,
  retry_at timestamp(3) with time zone,
  counted_second bigint NOT NULL DEFAULT 0,
  counts integer[] NOT NULL DEFAULT '{}'::integer[]
);

CREATE TABLE notification_outbox (
  id uuid NOT NULL DEFAULT stratora_uuidv7(),
  alert_id uuid,
  subject text NOT NULL DEFAULT ''::text,
  detail jsonb,
  event text NOT NULL,
  generation integer NOT NULL DEFAULT 0,
  step integer NOT NULL DEFAULT 0,
  repeat integer NOT NULL DEFAULT 0,
  step_count integer NOT NULL DEFAULT 1,
  team_id uuid,
  team_name text,
  channel_id uuid,
  channel_name text NOT NULL,
  recipient text NOT NULL,
  lane_id uuid NOT NULL DEFAULT COALESCE(channel_id, '00000000-0000-0000-0000-000000000000'::uuid),
  previous_severity text,
  state text NOT NULL DEFAULT 'queued'::text,
  attempts integer NOT NULL DEFAULT 0,
  reason text,
  message text,
  created_at timestamp(3) with time zone NOT NULL,
  due_at timestamp(3) with time zone NOT NULL,
  message_key uuid NOT NULL,
  formed_at timestamp(3) with time zone,
  tried_at timestamp(3) with time zone,
  leased_until timestamp(3) with time zone,
  lease_token uuid,
  sent_at timestamp(3) with time zone,
  ended_at timestamp(3) with time zone,
  search_text text NOT NULL DEFAULT "left"(stratora_fold(((channel_name || ' '::text) || recipient)), 400),
  may_have_arrived boolean NOT NULL DEFAULT false
);

CREATE TABLE outage_orders (
  component_id uuid NOT NULL,
  delivered_mark text,
  held_mark text,
  held_since timestamp(3) with time zone
);

CREATE TABLE outages (
  component_id uuid NOT NULL,
  id uuid NOT NULL,
  began_at timestamp(3) with time zone NOT NULL,
  ended_at timestamp(3) with time zone NOT NULL,
  last_error text NOT NULL,
  tellings jsonb NOT NULL,
  reported_at timestamp(3) with time zone NOT NULL DEFAULT now()
);

CREATE TABLE outward_heartbeat (
  is_only boolean NOT NULL DEFAULT true,
  url text NOT NULL,
  failing_since timestamp(3) with time zone,
  message text
);

CREATE TABLE refused_rules (
  definition_id uuid NOT NULL,
  reason text NOT NULL,
  since timestamp(3) with time zone NOT NULL DEFAULT now()
);

CREATE TABLE remote_components (
  id uuid NOT NULL DEFAULT stratora_uuidv7(),
  component_type text NOT NULL,
  name text NOT NULL,
  hostname text NOT NULL,
  machine_id text,
  version text NOT NULL,
  os text NOT NULL,
  arch text NOT NULL,
  approval text NOT NULL,
  site_id uuid,
  is_local boolean NOT NULL DEFAULT false,
  registered_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  approved_at timestamp(3) with time zone,
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  enrolled_by uuid,
  enrolled_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  engine_choice text NOT NULL DEFAULT 'auto'::text,
  pinned_generation integer,
  key_due_since timestamp(3) with time zone,
  heard_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  machine_changed_at timestamp(3) with time zone
);

CREATE TABLE rollout_components (
  rollout_id uuid NOT NULL,
  component_id uuid NOT NULL,
  stage text NOT NULL,
  state text NOT NULL DEFAULT 'held'::text,
  is_held boolean NOT NULL DEFAULT true,
  was_healthy boolean NOT NULL DEFAULT true,
  released_at timestamp(3) with time zone,
  generation integer,
  applied_at timestamp(3) with time zone
);

CREATE TABLE rollout_templates (
  rollout_id uuid NOT NULL,
  slug text NOT NULL,
  old_hash text NOT NULL,
  new_hash text
);

CREATE TABLE rollout_versions (
  rollout_id uuid NOT NULL,
  component_id uuid NOT NULL,
  slug text NOT NULL,
  old_hash text NOT NULL
);

CREATE TABLE rollouts (
  id uuid NOT NULL DEFAULT stratora_uuidv7(),
  component_type text NOT NULL,
  cause text NOT NULL,
  actor text,
  state text NOT NULL DEFAULT 'running'::text,
  stage text NOT NULL DEFAULT 'first'::text,
  soak_seconds integer NOT NULL,
  stage_since timestamp(3) with time zone NOT NULL DEFAULT now(),
  created_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  ended_at timestamp(3) with time zone,
  message text,
  is_forced boolean NOT NULL DEFAULT false
);

CREATE TABLE schema_migrations (
  name text NOT NULL,
  checksum text NOT NULL,
  applied_at timestamp(3) with time zone NOT NULL DEFAULT now()
);

CREATE TABLE sessions (
  id uuid NOT NULL DEFAULT stratora_uuidv7(),
  token_hash bytea NOT NULL,
  user_id uuid NOT NULL,
  created_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  last_used_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  expires_at timestamp(3) with time zone NOT NULL,
  address text
);

CREATE TABLE settings (
  key text NOT NULL,
  value jsonb NOT NULL,
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now()
);

CREATE TABLE settling_nodes (
  node_id uuid NOT NULL,
  since double precision NOT NULL
);

CREATE TABLE sites (
  id uuid NOT NULL DEFAULT stratora_uuidv7(),
  name text NOT NULL,
  description text,
  default_collector_id uuid,
  is_default boolean NOT NULL DEFAULT false,
  created_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now()
);

CREATE TABLE topology_devices (
  id uuid NOT NULL,
  kind text NOT NULL,
  site_id uuid NOT NULL,
  name text NOT NULL,
  body json NOT NULL
);

CREATE TABLE topology_events (
  id bigint NOT NULL,
  at timestamp(3) with time zone NOT NULL,
  kind text NOT NULL,
  site_id uuid,
  node_ids uuid[] NOT NULL,
  link_id uuid,
  detail text NOT NULL
);

CREATE TABLE topology_links (
  id uuid NOT NULL DEFAULT stratora_uuidv7(),
  a_node_id uuid NOT NULL,
  a_interface text,
  b_node_id uuid NOT NULL,
  b_interface text,
  created_at timestamp(3) with time zone NOT NULL DEFAULT now()
);

CREATE TABLE topology_nodes (
  node_id uuid NOT NULL,
  reasons json NOT NULL,
  guests integer NOT NULL
);

CREATE TABLE topology_state (
  id boolean NOT NULL DEFAULT true,
  derived_at timestamp(3) with time zone,
  conflicts jsonb NOT NULL DEFAULT '[]'::jsonb,
  laid_out_at timestamp(3) with time zone,
  is_plain_layout boolean NOT NULL DEFAULT false,
  layout_of text
);

CREATE TABLE unjudged_times (
  id bigint NOT NULL,
  definition_id uuid,
  kind text NOT NULL,
  reason text,
  from_at timestamp(3) with time zone NOT NULL,
  until_at timestamp(3) with time zone
);

CREATE TABLE users (
  id uuid NOT NULL DEFAULT stratora_uuidv7(),
  username text NOT NULL,
  display_name text,
  role text NOT NULL,
  password_hash text NOT NULL,
  must_change_password boolean NOT NULL DEFAULT true,
  enabled boolean NOT NULL DEFAULT true,
  token_epoch integer NOT NULL DEFAULT 1,
  last_login_at timestamp(3) with time zone,
  created_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  email text
);

CREATE TABLE wiring_approvals (
  site_id uuid NOT NULL,
  approved_at timestamp(3) with time zone NOT NULL,
  approved_by text NOT NULL
);

ALTER TABLE address_places ADD CONSTRAINT address_places_node_id_fkey FOREIGN KEY (node_id) REFERENCES nodes(id) ON DELETE CASCADE;
ALTER TABLE address_places ADD CONSTRAINT address_places_pkey PRIMARY KEY (id);
ALTER TABLE alert_definitions ADD CONSTRAINT alert_definitions_comparison_check CHECK ((comparison = ANY (ARRAY['>'::text, '<'::text])));
ALTER TABLE alert_definitions ADD CONSTRAINT alert_definitions_narrower CHECK (((overrides IS NULL) OR (num_nonnulls(scope_site_id, scope_group_id, scope_node_id) = 1)));
ALTER TABLE alert_definitions ADD CONSTRAINT alert_definitions_no_data_check CHECK ((no_data = ANY (ARRAY['hold'::text, 'unknown'::text, 'fire'::text])));
ALTER TABLE alert_definitions ADD CONSTRAINT alert_definitions_one_scope CHECK ((num_nonnulls(scope_site_id, scope_group_id, scope_node_id) <= 1));
ALTER TABLE alert_definitions ADD CONSTRAINT alert_definitions_overrides_fkey FOREIGN KEY (overrides) REFERENCES alert_definitions(id) ON DELETE CASCADE;
ALTER TABLE alert_definitions ADD CONSTRAINT alert_definitions_pkey PRIMARY KEY (id);
ALTER TABLE alert_definitions ADD CONSTRAINT alert_definitions_scope_group_id_fkey FOREIGN KEY (scope_group_id) REFERENCES node_groups(id) ON DELETE CASCADE;
ALTER TABLE alert_definitions ADD CONSTRAINT alert_definitions_scope_node_id_fkey FOREIGN KEY (scope_node_id) REFERENCES nodes(id) ON DELETE CASCADE;
ALTER TABLE alert_definitions ADD CONSTRAINT alert_definitions_scope_site_id_fkey FOREIGN KEY (scope_site_id) REFERENCES sites(id) ON DELETE CASCADE;
ALTER TABLE alert_definitions ADD CONSTRAINT alert_definitions_slug_key UNIQUE (slug);
ALTER TABLE alert_events ADD CONSTRAINT alert_events_alert_id_fkey FOREIGN KEY (alert_id) REFERENCES alerts(id) ON DELETE CASCADE;
ALTER TABLE alert_events ADD CONSTRAINT alert_events_event_check CHECK ((event = ANY (ARRAY['triggered'::text, 'severity_changed'::text, 'acknowledged'::text, 'unacknowledged'::text, 'muted'::text, 'unmuted'::text, 'held'::text, 'released'::text, 'flapping'::text, 'calm'::text, 'text_failed'::text, 'definition_changed'::text, 'resolved'::text])));
ALTER TABLE alert_events ADD CONSTRAINT alert_events_pkey PRIMARY KEY (id);
ALTER TABLE alert_states ADD CONSTRAINT alert_states_check CHECK (((phase = ANY (ARRAY['firing'::text, 'resolving'::text])) = (severity IS NOT NULL)));
ALTER TABLE alert_states ADD CONSTRAINT alert_states_phase_check CHECK ((phase = ANY (ARRAY['quiet'::text, 'pending'::text, 'firing'::text, 'resolving'::text])));
ALTER TABLE alert_states ADD CONSTRAINT alert_states_pkey PRIMARY KEY (family, subject, instance);
ALTER TABLE alert_states ADD CONSTRAINT alert_states_severity_check CHECK ((severity = ANY (ARRAY['info'::text, 'warning'::text, 'critical'::text])));
ALTER TABLE alerts ADD CONSTRAINT alerts_alert_key_check CHECK ((char_length(alert_key) <= 400));
ALTER TABLE alerts ADD CONSTRAINT alerts_comparison_check CHECK ((comparison = ANY (ARRAY['>'::text, '<'::text])));
ALTER TABLE alerts ADD CONSTRAINT alerts_held_by_check CHECK ((held_by = ANY (ARRAY['unreachable'::text, 'upstream'::text, 'maintenance'::text])));
ALTER TABLE alerts ADD CONSTRAINT alerts_pkey PRIMARY KEY (id);
ALTER TABLE alerts ADD CONSTRAINT alerts_resolved_once CHECK (((state = 'resolved'::text) = (resolved_at IS NOT NULL)));
ALTER TABLE alerts ADD CONSTRAINT alerts_severity_check CHECK ((severity = ANY (ARRAY['info'::text, 'warning'::text, 'critical'::text])));
ALTER TABLE alerts ADD CONSTRAINT alerts_state_check CHECK ((state = ANY (ARRAY['active'::text, 'resolved'::text])));
ALTER TABLE answered_calls ADD CONSTRAINT answered_calls_key_check CHECK (((length(key) >= 1) AND (length(key) <= 255)));
ALTER TABLE answered_calls ADD CONSTRAINT answered_calls_pkey PRIMARY KEY (user_id, key);
ALTER TABLE approved_links ADD CONSTRAINT approved_links_a_node_id_fkey FOREIGN KEY (a_node_id) REFERENCES nodes(id) ON DELETE CASCADE;
ALTER TABLE approved_links ADD CONSTRAINT approved_links_b_node_id_fkey FOREIGN KEY (b_node_id) REFERENCES nodes(id) ON DELETE CASCADE;
ALTER TABLE approved_links ADD CONSTRAINT approved_links_pkey PRIMARY KEY (id);
ALTER TABLE approved_links ADD CONSTRAINT approved_links_site_id_fkey FOREIGN KEY (site_id) REFERENCES wiring_approvals(site_id) ON DELETE CASCADE;
ALTER TABLE audit_head ADD CONSTRAINT audit_head_is_only_check CHECK (is_only);
ALTER TABLE audit_head ADD CONSTRAINT audit_head_pkey PRIMARY KEY (is_only);
ALTER TABLE audit_log ADD CONSTRAINT audit_log_id_key UNIQUE (id);
ALTER TABLE audit_log ADD CONSTRAINT audit_log_pkey PRIMARY KEY (seq);
ALTER TABLE collector_config_dirty ADD CONSTRAINT collector_config_dirty_component_id_fkey FOREIGN KEY (component_id) REFERENCES remote_components(id) ON DELETE CASCADE;
ALTER TABLE collector_config_dirty ADD CONSTRAINT collector_config_dirty_pkey PRIMARY KEY (component_id);
ALTER TABLE collector_configs ADD CONSTRAINT collector_configs_component_id_fkey FOREIGN KEY (component_id) REFERENCES remote_components(id) ON DELETE CASCADE;
ALTER TABLE collector_configs ADD CONSTRAINT collector_configs_encoding_check CHECK ((encoding = ANY (ARRAY['plain'::text, 'gzip'::text])));
ALTER TABLE collector_configs ADD CONSTRAINT collector_configs_outcome_check CHECK ((outcome = ANY (ARRAY['applied'::text, 'validation_error'::text, 'rolled_back'::text, 'engine_down'::text])));
ALTER TABLE collector_configs ADD CONSTRAINT collector_configs_pkey PRIMARY KEY (component_id, generation);
ALTER TABLE collector_places ADD CONSTRAINT collector_places_collector_id_fkey FOREIGN KEY (collector_id) REFERENCES remote_components(id) ON DELETE CASCADE;
ALTER TABLE collector_places ADD CONSTRAINT collector_places_device_id_fkey FOREIGN KEY (device_id) REFERENCES topology_devices(id) ON DELETE CASCADE;
ALTER TABLE collector_places ADD CONSTRAINT collector_places_node_id_fkey FOREIGN KEY (node_id) REFERENCES nodes(id) ON DELETE CASCADE;
ALTER TABLE collector_places ADD CONSTRAINT collector_places_one CHECK ((num_nonnulls(node_id, device_id) = 1));
ALTER TABLE collector_places ADD CONSTRAINT collector_places_pkey PRIMARY KEY (collector_id);
ALTER TABLE collector_targets ADD CONSTRAINT collector_targets_component_id_fkey FOREIGN KEY (component_id) REFERENCES remote_components(id) ON DELETE CASCADE;
ALTER TABLE collector_targets ADD CONSTRAINT collector_targets_node_id_fkey FOREIGN KEY (node_id) REFERENCES nodes(id) ON DELETE CASCADE;
ALTER TABLE collector_targets ADD CONSTRAINT collector_targets_pkey PRIMARY KEY (node_id, input);
ALTER TABLE component_gaps ADD CONSTRAINT component_gaps_component_id_fkey FOREIGN KEY (component_id) REFERENCES remote_components(id) ON DELETE CASCADE;
ALTER TABLE component_gaps ADD CONSTRAINT component_gaps_pkey PRIMARY KEY (component_id, from_time);
ALTER TABLE component_gaps ADD CONSTRAINT component_gaps_seq_key UNIQUE (seq);
ALTER TABLE component_instances ADD CONSTRAINT component_instances_component_id_fkey FOREIGN KEY (component_id) REFERENCES remote_components(id) ON DELETE CASCADE;
ALTER TABLE component_instances ADD CONSTRAINT component_instances_instance_check CHECK ((length(instance) = 22));
ALTER TABLE component_instances ADD CONSTRAINT component_instances_pkey PRIMARY KEY (component_id, instance);
ALTER TABLE component_jobs ADD CONSTRAINT component_jobs_check CHECK (((component_id IS NOT NULL) OR (ended_at IS NOT NULL)));
ALTER TABLE component_jobs ADD CONSTRAINT component_jobs_component_id_fkey FOREIGN KEY (component_id) REFERENCES remote_components(id) ON DELETE CASCADE;
ALTER TABLE component_jobs ADD CONSTRAINT component_jobs_pkey PRIMARY KEY (id);
ALTER TABLE component_jobs ADD CONSTRAINT component_jobs_run_seconds_check CHECK (((run_seconds >= 1) AND (run_seconds <= 2000000)));
ALTER TABLE component_jobs ADD CONSTRAINT component_jobs_silent_seconds_check CHECK (((silent_seconds >= 1) AND (silent_seconds <= 86400)));
ALTER TABLE component_keys ADD CONSTRAINT component_keys_component_id_fkey FOREIGN KEY (component_id) REFERENCES remote_components(id) ON DELETE CASCADE;
ALTER TABLE component_keys ADD CONSTRAINT component_keys_key_id_check CHECK ((length(key_id) = 11));
ALTER TABLE component_keys ADD CONSTRAINT component_keys_pkey PRIMARY KEY (key_id);
ALTER TABLE component_reports ADD CONSTRAINT component_reports_component_id_fkey FOREIGN KEY (component_id) REFERENCES remote_components(id) ON DELETE CASCADE;
ALTER TABLE component_reports ADD CONSTRAINT component_reports_pkey PRIMARY KEY (component_id, seq);
ALTER TABLE component_reports ADD CONSTRAINT component_reports_status_check CHECK ((status = ANY (ARRAY['applied'::text, 'validation_error'::text, 'rolled_back'::text, 'engine_down'::text])));
ALTER TABLE component_states ADD CONSTRAINT component_states_component_id_fkey FOREIGN KEY (component_id) REFERENCES remote_components(id) ON DELETE CASCADE;
ALTER TABLE component_states ADD CONSTRAINT component_states_pkey PRIMARY KEY (component_id);
ALTER TABLE credential_key_holders ADD CONSTRAINT credential_key_holders_pkey PRIMARY KEY (server_id);
ALTER TABLE credentials ADD CONSTRAINT credentials_pkey PRIMARY KEY (id);
ALTER TABLE custom_templates ADD CONSTRAINT custom_templates_pkey PRIMARY KEY (slug);
ALTER TABLE custom_templates ADD CONSTRAINT custom_templates_slug_check CHECK ((slug ~ '^[a-z0-9][a-z0-9-]{0,63}$'::text));
ALTER TABLE custom_templates ADD CONSTRAINT custom_templates_text_check CHECK ((char_length(text) <= 262144));
ALTER TABLE derived_links ADD CONSTRAINT derived_links_a_device_id_fkey FOREIGN KEY (a_device_id) REFERENCES topology_devices(id) ON DELETE CASCADE;
ALTER TABLE derived_links ADD CONSTRAINT derived_links_a_node_id_fkey FOREIGN KEY (a_node_id) REFERENCES nodes(id) ON DELETE CASCADE;
ALTER TABLE derived_links ADD CONSTRAINT derived_links_b_device_id_fkey FOREIGN KEY (b_device_id) REFERENCES topology_devices(id) ON DELETE CASCADE;
ALTER TABLE derived_links ADD CONSTRAINT derived_links_b_node_id_fkey FOREIGN KEY (b_node_id) REFERENCES nodes(id) ON DELETE CASCADE;
ALTER TABLE derived_links ADD CONSTRAINT derived_links_ends CHECK (((num_nonnulls(a_node_id, a_device_id) = 1) AND (num_nonnulls(b_node_id, b_device_id) = 1)));
ALTER TABLE derived_links ADD CONSTRAINT derived_links_manual_link_id_fkey FOREIGN KEY (manual_link_id) REFERENCES topology_links(id) ON DELETE SET NULL;
ALTER TABLE derived_links ADD CONSTRAINT derived_links_pkey PRIMARY KEY (id);
ALTER TABLE derived_links ADD CONSTRAINT derived_links_state_check CHECK ((state = ANY (ARRAY['up'::text, 'down'::text, 'stale'::text])));
ALTER TABLE device_template_versions ADD CONSTRAINT device_template_versions_gathered_by_check CHECK ((gathered_by = ANY (ARRAY['collector'::text, 'agent'::text])));
ALTER TABLE device_template_versions ADD CONSTRAINT device_template_versions_pkey PRIMARY KEY (hash);
ALTER TABLE device_templates ADD CONSTRAINT device_templates_hash_fkey FOREIGN KEY (hash) REFERENCES device_template_versions(hash);
ALTER TABLE device_templates ADD CONSTRAINT device_templates_pkey PRIMARY KEY (slug);
ALTER TABLE discovered_addresses ADD CONSTRAINT discovered_addresses_device_id_fkey FOREIGN KEY (device_id) REFERENCES discovered_devices(id) ON DELETE CASCADE;
ALTER TABLE discovered_addresses ADD CONSTRAINT discovered_addresses_pkey PRIMARY KEY (job_id, address);
ALTER TABLE discovered_devices ADD CONSTRAINT discovered_devices_credential_id_fkey FOREIGN KEY (credential_id) REFERENCES credentials(id) ON DELETE SET NULL;
ALTER TABLE discovered_devices ADD CONSTRAINT discovered_devices_job_id_fkey FOREIGN KEY (job_id) REFERENCES discovery_jobs(id) ON DELETE CASCADE;
ALTER TABLE discovered_devices ADD CONSTRAINT discovered_devices_node_id_fkey FOREIGN KEY (node_id) REFERENCES nodes(id) ON DELETE SET NULL;
ALTER TABLE discovered_devices ADD CONSTRAINT discovered_devices_pkey PRIMARY KEY (id);
ALTER TABLE discovered_keys ADD CONSTRAINT discovered_keys_device_id_fkey FOREIGN KEY (device_id) REFERENCES discovered_devices(id) ON DELETE CASCADE;
ALTER TABLE discovered_keys ADD CONSTRAINT discovered_keys_pkey PRIMARY KEY (job_id, kind, value, device_id);
ALTER TABLE discovery_changes ADD CONSTRAINT discovery_changes_change_check CHECK ((change = ANY (ARRAY['new'::text, 'changed'::text, 'gone'::text, 'back'::text])));
ALTER TABLE discovery_changes ADD CONSTRAINT discovery_changes_device_id_fkey FOREIGN KEY (device_id) REFERENCES discovered_devices(id) ON DELETE CASCADE;
ALTER TABLE discovery_changes ADD CONSTRAINT discovery_changes_pkey PRIMARY KEY (id);
ALTER TABLE discovery_changes ADD CONSTRAINT discovery_changes_run_id_device_id_key UNIQUE (run_id, device_id);
ALTER TABLE discovery_changes ADD CONSTRAINT discovery_changes_run_id_fkey FOREIGN KEY (run_id) REFERENCES discovery_runs(id) ON DELETE CASCADE;
ALTER TABLE discovery_jobs ADD CONSTRAINT discovery_jobs_addresses_check CHECK (((addresses >= 1) AND (addresses <= 65536)));
ALTER TABLE discovery_jobs ADD CONSTRAINT discovery_jobs_check CHECK (((crawl IS NULL) = (addresses IS NOT NULL)));
ALTER TABLE discovery_jobs ADD CONSTRAINT discovery_jobs_collector_id_fkey FOREIGN KEY (collector_id) REFERENCES remote_components(id) ON DELETE CASCADE;
ALTER TABLE discovery_jobs ADD CONSTRAINT discovery_jobs_pkey PRIMARY KEY (id);
ALTER TABLE discovery_jobs ADD CONSTRAINT discovery_jobs_site_id_fkey FOREIGN KEY (site_id) REFERENCES sites(id) ON DELETE SET NULL;
ALTER TABLE discovery_ledger ADD CONSTRAINT discovery_ledger_pkey PRIMARY KEY (run_id, address);
ALTER TABLE discovery_ledger ADD CONSTRAINT discovery_ledger_run_id_fkey FOREIGN KEY (run_id) REFERENCES discovery_runs(id) ON DELETE CASCADE;
ALTER TABLE discovery_runs ADD CONSTRAINT discovery_runs_check CHECK (((status = ANY (ARRAY['queued'::text, 'running'::text])) = (ended_at IS NULL)));
ALTER TABLE discovery_runs ADD CONSTRAINT discovery_runs_job_id_fkey FOREIGN KEY (job_id) REFERENCES discovery_jobs(id) ON DELETE CASCADE;
ALTER TABLE discovery_runs ADD CONSTRAINT discovery_runs_job_id_number_key UNIQUE (job_id, number);
ALTER TABLE discovery_runs ADD CONSTRAINT discovery_runs_pkey PRIMARY KEY (id);
ALTER TABLE discovery_runs ADD CONSTRAINT discovery_runs_status_check CHECK ((status = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'failed'::text, 'cancelled'::text])));
ALTER TABLE discovery_runs ADD CONSTRAINT discovery_runs_trigger_check CHECK ((trigger = ANY (ARRAY['created'::text, 'rerun'::text, 'schedule'::text])));
ALTER TABLE ended_bearers ADD CONSTRAINT ended_bearers_pkey PRIMARY KEY (token_hash);
ALTER TABLE enrollment_tokens ADD CONSTRAINT enrollment_tokens_component_type_check CHECK ((component_type = ANY (ARRAY['collector'::text, 'agent'::text])));
ALTER TABLE enrollment_tokens ADD CONSTRAINT enrollment_tokens_max_uses_check CHECK ((max_uses > 0));
ALTER TABLE enrollment_tokens ADD CONSTRAINT enrollment_tokens_pkey PRIMARY KEY (id);
ALTER TABLE enrollment_tokens ADD CONSTRAINT enrollment_tokens_site_id_fkey FOREIGN KEY (site_id) REFERENCES sites(id) ON DELETE SET NULL;
ALTER TABLE enrollment_tokens ADD CONSTRAINT enrollment_tokens_token_hash_key UNIQUE (token_hash);
ALTER TABLE enrollment_tokens ADD CONSTRAINT enrollment_tokens_uses CHECK (((max_uses IS NULL) OR (use_count <= max_uses)));
ALTER TABLE escalation_teams ADD CONSTRAINT escalation_teams_default_enabled CHECK ((enabled OR (NOT is_default)));
ALTER TABLE escalation_teams ADD CONSTRAINT escalation_teams_pkey PRIMARY KEY (id);
ALTER TABLE escalations ADD CONSTRAINT escalations_alert_id_fkey FOREIGN KEY (alert_id) REFERENCES alerts(id) ON DELETE CASCADE;
ALTER TABLE escalations ADD CONSTRAINT escalations_pkey PRIMARY KEY (alert_id, team_id);
ALTER TABLE escalations ADD CONSTRAINT escalations_severity_check CHECK ((severity = ANY (ARRAY['info'::text, 'warning'::text, 'critical'::text])));
ALTER TABLE escalations ADD CONSTRAINT escalations_stopped_reason_check CHECK ((stopped_reason = ANY (ARRAY['resolved'::text, 'finished'::text, 'team_gone'::text, 'not_taken'::text])));
ALTER TABLE evaluator_state ADD CONSTRAINT evaluator_state_is_only_check CHECK (is_only);
ALTER TABLE evaluator_state ADD CONSTRAINT evaluator_state_pkey PRIMARY KEY (is_only);
ALTER TABLE identity_corrections ADD CONSTRAINT identity_corrections_alike_by CHECK (((NOT for_alike) OR (sys_object_id IS NOT NULL)));
ALTER TABLE identity_corrections ADD CONSTRAINT identity_corrections_node_id_fkey FOREIGN KEY (node_id) REFERENCES nodes(id) ON DELETE SET NULL;
ALTER TABLE identity_corrections ADD CONSTRAINT identity_corrections_node_id_key UNIQUE (node_id);
ALTER TABLE identity_corrections ADD CONSTRAINT identity_corrections_pkey PRIMARY KEY (id);
ALTER TABLE ignored_devices ADD CONSTRAINT ignored_devices_collector_id_fkey FOREIGN KEY (collector_id) REFERENCES remote_components(id) ON DELETE CASCADE;
ALTER TABLE ignored_devices ADD CONSTRAINT ignored_devices_pkey PRIMARY KEY (id);
ALTER TABLE ignored_devices ADD CONSTRAINT ignored_devices_site_id_fkey FOREIGN KEY (site_id) REFERENCES sites(id) ON DELETE CASCADE;
ALTER TABLE leases ADD CONSTRAINT leases_pkey PRIMARY KEY (name);
ALTER TABLE maintenance_periods ADD CONSTRAINT maintenance_periods_pkey PRIMARY KEY (id);
ALTER TABLE maintenance_periods ADD CONSTRAINT maintenance_periods_scope_type_check CHECK ((scope_type = ANY (ARRAY['global'::text, 'site'::text, 'group'::text, 'node'::text])));
ALTER TABLE maintenance_windows ADD CONSTRAINT maintenance_windows_lasts CHECK ((ends_at > starts_at));
ALTER TABLE maintenance_windows ADD CONSTRAINT maintenance_windows_one_scope CHECK ((num_nonnulls(scope_site_id, scope_group_id, scope_node_id) <= 1));
ALTER TABLE maintenance_windows ADD CONSTRAINT maintenance_windows_pkey PRIMARY KEY (id);
ALTER TABLE maintenance_windows ADD CONSTRAINT maintenance_windows_scope_group_id_fkey FOREIGN KEY (scope_group_id) REFERENCES node_groups(id) ON DELETE CASCADE;
ALTER TABLE maintenance_windows ADD CONSTRAINT maintenance_windows_scope_node_id_fkey FOREIGN KEY (scope_node_id) REFERENCES nodes(id) ON DELETE CASCADE;
ALTER TABLE maintenance_windows ADD CONSTRAINT maintenance_windows_scope_site_id_fkey FOREIGN KEY (scope_site_id) REFERENCES sites(id) ON DELETE CASCADE;
ALTER TABLE map_positions ADD CONSTRAINT map_positions_device_id_fkey FOREIGN KEY (device_id) REFERENCES topology_devices(id) ON DELETE CASCADE;
ALTER TABLE map_positions ADD CONSTRAINT map_positions_node_id_fkey FOREIGN KEY (node_id) REFERENCES nodes(id) ON DELETE CASCADE;
ALTER TABLE map_positions ADD CONSTRAINT map_positions_of CHECK (((num_nonnulls(node_id, device_id) = 1) AND (id = COALESCE(node_id, device_id))));
ALTER TABLE map_positions ADD CONSTRAINT map_positions_pkey PRIMARY KEY (id);
ALTER TABLE map_positions ADD CONSTRAINT map_positions_tier_check CHECK ((tier = ANY (ARRAY['core'::text, 'distribution'::text, 'access'::text, 'end'::text])));
ALTER TABLE neighbour_systems ADD CONSTRAINT neighbour_systems_node_id_fkey FOREIGN KEY (node_id) REFERENCES nodes(id) ON DELETE CASCADE;
ALTER TABLE neighbour_systems ADD CONSTRAINT neighbour_systems_pkey PRIMARY KEY (node_id);
ALTER TABLE neighbour_tables ADD CONSTRAINT neighbour_tables_node_id_fkey FOREIGN KEY (node_id) REFERENCES nodes(id) ON DELETE CASCADE;
ALTER TABLE neighbour_tables ADD CONSTRAINT neighbour_tables_pkey PRIMARY KEY (node_id, name);
ALTER TABLE neighbour_tables ADD CONSTRAINT neighbour_tables_state_check CHECK ((state = ANY (ARRAY['whole'::text, 'part'::text, 'absent'::text, 'failed'::text])));
ALTER TABLE node_credentials ADD CONSTRAINT node_credentials_credential_id_fkey FOREIGN KEY (credential_id) REFERENCES credentials(id) ON DELETE RESTRICT;
ALTER TABLE node_credentials ADD CONSTRAINT node_credentials_node_id_fkey FOREIGN KEY (node_id) REFERENCES nodes(id) ON DELETE CASCADE;
ALTER TABLE node_credentials ADD CONSTRAINT node_credentials_pkey PRIMARY KEY (node_id, purpose);
ALTER TABLE node_group_members ADD CONSTRAINT node_group_members_group_id_fkey FOREIGN KEY (group_id) REFERENCES node_groups(id) ON DELETE CASCADE;
ALTER TABLE node_group_members ADD CONSTRAINT node_group_members_node_id_fkey FOREIGN KEY (node_id) REFERENCES nodes(id) ON DELETE CASCADE;
ALTER TABLE node_group_members ADD CONSTRAINT node_group_members_pkey PRIMARY KEY (group_id, node_id);
ALTER TABLE node_groups ADD CONSTRAINT node_groups_pkey PRIMARY KEY (id);
ALTER TABLE node_parents ADD CONSTRAINT node_parents_node_id_fkey FOREIGN KEY (node_id) REFERENCES nodes(id) ON DELETE CASCADE;
ALTER TABLE node_parents ADD CONSTRAINT node_parents_other CHECK ((node_id <> parent_id));
ALTER TABLE node_parents ADD CONSTRAINT node_parents_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES nodes(id) ON DELETE CASCADE;
ALTER TABLE node_parents ADD CONSTRAINT node_parents_pkey PRIMARY KEY (node_id, parent_id);
ALTER TABLE node_states ADD CONSTRAINT node_states_node_id_fkey FOREIGN KEY (node_id) REFERENCES nodes(id) ON DELETE CASCADE;
ALTER TABLE node_states ADD CONSTRAINT node_states_pkey PRIMARY KEY (node_id);
ALTER TABLE node_status_changes ADD CONSTRAINT node_status_changes_node_id_fkey FOREIGN KEY (node_id) REFERENCES nodes(id) ON DELETE CASCADE;
ALTER TABLE node_status_changes ADD CONSTRAINT node_status_changes_pkey PRIMARY KEY (id);
ALTER TABLE nodes ADD CONSTRAINT nodes_agent_id_fkey FOREIGN KEY (agent_id) REFERENCES remote_components(id) ON DELETE SET NULL;
ALTER TABLE nodes ADD CONSTRAINT nodes_agent_id_key UNIQUE (agent_id);
ALTER TABLE nodes ADD CONSTRAINT nodes_collector_id_fkey FOREIGN KEY (collector_id) REFERENCES remote_components(id) ON DELETE SET NULL;
ALTER TABLE nodes ADD CONSTRAINT nodes_one_source CHECK (((collector_id IS NULL) OR (agent_id IS NULL)));
ALTER TABLE nodes ADD CONSTRAINT nodes_pkey PRIMARY KEY (id);
ALTER TABLE nodes ADD CONSTRAINT nodes_site_id_fkey FOREIGN KEY (site_id) REFERENCES sites(id);
ALTER TABLE nodes ADD CONSTRAINT nodes_snmp_port_check CHECK (((snmp_port >= 1) AND (snmp_port <= 65535)));
ALTER TABLE notification_channels ADD CONSTRAINT notification_channels_pkey PRIMARY KEY (id);
ALTER TABLE notification_channels ADD CONSTRAINT notification_channels_type_check CHECK ((type = ANY (ARRAY['email'::text, 'webhook'::text, 'slack'::text, 'teams'::text])));
ALTER TABLE notification_lanes ADD CONSTRAINT notification_lanes_pkey PRIMARY KEY (lane_id);
ALTER TABLE notification_outbox ADD CONSTRAINT notification_outbox_alert_id_fkey FOREIGN KEY (alert_id) REFERENCES alerts(id) ON DELETE CASCADE;
ALTER TABLE notification_outbox ADD CONSTRAINT notification_outbox_event_check CHECK ((event = ANY (ARRAY['triggered'::text, 'changed'::text, 'escalated'::text, 'repeated'::text, 'resolved'::text, 'reminder'::text, 'test'::text])));
ALTER TABLE notification_outbox ADD CONSTRAINT notification_outbox_lease CHECK (((state = 'sending'::text) = (lease_token IS NOT NULL)));
ALTER TABLE notification_outbox ADD CONSTRAINT notification_outbox_pkey PRIMARY KEY (id);
ALTER TABLE notification_outbox ADD CONSTRAINT notification_outbox_sent CHECK (((state = 'sent'::text) = (sent_at IS NOT NULL)));
ALTER TABLE notification_outbox ADD CONSTRAINT notification_outbox_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'sending'::text, 'sent'::text, 'failed'::text, 'skipped'::text, 'merged'::text])));
ALTER TABLE outage_orders ADD CONSTRAINT outage_orders_component_id_fkey FOREIGN KEY (component_id) REFERENCES remote_components(id) ON DELETE CASCADE;
ALTER TABLE outage_orders ADD CONSTRAINT outage_orders_pkey PRIMARY KEY (component_id);
ALTER TABLE outages ADD CONSTRAINT outages_component_id_fkey FOREIGN KEY (component_id) REFERENCES remote_components(id) ON DELETE CASCADE;
ALTER TABLE outages ADD CONSTRAINT outages_pkey PRIMARY KEY (component_id, id);
ALTER TABLE outward_heartbeat ADD CONSTRAINT outward_heartbeat_is_only_check CHECK (is_only);
ALTER TABLE outward_heartbeat ADD CONSTRAINT outward_heartbeat_pkey PRIMARY KEY (is_only);
ALTER TABLE refused_rules ADD CONSTRAINT refused_rules_definition_id_fkey FOREIGN KEY (definition_id) REFERENCES alert_definitions(id) ON DELETE CASCADE;
ALTER TABLE refused_rules ADD CONSTRAINT refused_rules_pkey PRIMARY KEY (definition_id);
ALTER TABLE remote_components ADD CONSTRAINT remote_components_approval_check CHECK ((approval = ANY (ARRAY['pending'::text, 'approved'::text, 'rejected'::text, 'revoked'::text])));
ALTER TABLE remote_components ADD CONSTRAINT remote_components_component_type_check CHECK ((component_type = ANY (ARRAY['collector'::text, 'agent'::text])));
ALTER TABLE remote_components ADD CONSTRAINT remote_components_engine_choice_check CHECK ((engine_choice = ANY (ARRAY['auto'::text, 'telegraf'::text, 'embedded'::text])));
ALTER TABLE remote_components ADD CONSTRAINT remote_components_enrolled_by_fkey FOREIGN KEY (enrolled_by) REFERENCES enrollment_tokens(id) ON DELETE SET NULL;
ALTER TABLE remote_components ADD CONSTRAINT remote_components_pin FOREIGN KEY (id, pinned_generation) REFERENCES collector_configs(component_id, generation);
ALTER TABLE remote_components ADD CONSTRAINT remote_components_pkey PRIMARY KEY (id);
ALTER TABLE remote_components ADD CONSTRAINT remote_components_site_id_fkey FOREIGN KEY (site_id) REFERENCES sites(id) ON DELETE SET NULL;
ALTER TABLE rollout_components ADD CONSTRAINT rollout_components_component_id_fkey FOREIGN KEY (component_id) REFERENCES remote_components(id) ON DELETE CASCADE;
ALTER TABLE rollout_components ADD CONSTRAINT rollout_components_pkey PRIMARY KEY (rollout_id, component_id);
ALTER TABLE rollout_components ADD CONSTRAINT rollout_components_rollout_id_fkey FOREIGN KEY (rollout_id) REFERENCES rollouts(id) ON DELETE CASCADE;
ALTER TABLE rollout_components ADD CONSTRAINT rollout_components_stage_check CHECK ((stage = ANY (ARRAY['first'::text, 'tenth'::text, 'rest'::text])));
ALTER TABLE rollout_components ADD CONSTRAINT rollout_components_state_check CHECK ((state = ANY (ARRAY['held'::text, 'released'::text, 'applied'::text, 'failed'::text])));
ALTER TABLE rollout_templates ADD CONSTRAINT rollout_templates_new_hash_fkey FOREIGN KEY (new_hash) REFERENCES device_template_versions(hash);
ALTER TABLE rollout_templates ADD CONSTRAINT rollout_templates_old_hash_fkey FOREIGN KEY (old_hash) REFERENCES device_template_versions(hash);
ALTER TABLE rollout_templates ADD CONSTRAINT rollout_templates_pkey PRIMARY KEY (rollout_id, slug);
ALTER TABLE rollout_templates ADD CONSTRAINT rollout_templates_rollout_id_fkey FOREIGN KEY (rollout_id) REFERENCES rollouts(id) ON DELETE CASCADE;
ALTER TABLE rollout_versions ADD CONSTRAINT rollout_versions_old_hash_fkey FOREIGN KEY (old_hash) REFERENCES device_template_versions(hash);
ALTER TABLE rollout_versions ADD CONSTRAINT rollout_versions_pkey PRIMARY KEY (rollout_id, component_id, slug);
ALTER TABLE rollout_versions ADD CONSTRAINT rollout_versions_rollout_id_component_id_fkey FOREIGN KEY (rollout_id, component_id) REFERENCES rollout_components(rollout_id, component_id) ON DELETE CASCADE;
ALTER TABLE rollouts ADD CONSTRAINT rollouts_component_type_check CHECK ((component_type = ANY (ARRAY['collector'::text, 'agent'::text])));
ALTER TABLE rollouts ADD CONSTRAINT rollouts_pkey PRIMARY KEY (id);
ALTER TABLE rollouts ADD CONSTRAINT rollouts_stage_check CHECK ((stage = ANY (ARRAY['first'::text, 'tenth'::text, 'rest'::text])));
ALTER TABLE rollouts ADD CONSTRAINT rollouts_state_check CHECK ((state = ANY (ARRAY['running'::text, 'stopped'::text, 'done'::text, 'superseded'::text])));
ALTER TABLE schema_migrations ADD CONSTRAINT schema_migrations_pkey PRIMARY KEY (name);
ALTER TABLE sessions ADD CONSTRAINT sessions_pkey PRIMARY KEY (id);
ALTER TABLE sessions ADD CONSTRAINT sessions_token_hash_key UNIQUE (token_hash);
ALTER TABLE sessions ADD CONSTRAINT sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;
ALTER TABLE settings ADD CONSTRAINT settings_pkey PRIMARY KEY (key);
ALTER TABLE settling_nodes ADD CONSTRAINT settling_nodes_node_id_fkey FOREIGN KEY (node_id) REFERENCES nodes(id) ON DELETE CASCADE;
ALTER TABLE settling_nodes ADD CONSTRAINT settling_nodes_pkey PRIMARY KEY (node_id);
ALTER TABLE sites ADD CONSTRAINT sites_default_collector FOREIGN KEY (default_collector_id) REFERENCES remote_components(id) ON DELETE SET NULL;
ALTER TABLE sites ADD CONSTRAINT sites_pkey PRIMARY KEY (id);
ALTER TABLE topology_devices ADD CONSTRAINT topology_devices_kind_check CHECK ((kind = ANY (ARRAY['neighbour'::text, 'unmanaged_switch'::text])));
ALTER TABLE topology_devices ADD CONSTRAINT topology_devices_pkey PRIMARY KEY (id);
ALTER TABLE topology_devices ADD CONSTRAINT topology_devices_site_id_fkey FOREIGN KEY (site_id) REFERENCES sites(id) ON DELETE CASCADE;
ALTER TABLE topology_events ADD CONSTRAINT topology_events_pkey PRIMARY KEY (id);
ALTER TABLE topology_links ADD CONSTRAINT topology_links_a_node_id_fkey FOREIGN KEY (a_node_id) REFERENCES nodes(id) ON DELETE CASCADE;
ALTER TABLE topology_links ADD CONSTRAINT topology_links_b_node_id_fkey FOREIGN KEY (b_node_id) REFERENCES nodes(id) ON DELETE CASCADE;
ALTER TABLE topology_links ADD CONSTRAINT topology_links_pkey PRIMARY KEY (id);
ALTER TABLE topology_links ADD CONSTRAINT topology_links_two_nodes CHECK ((a_node_id <> b_node_id));
ALTER TABLE topology_nodes ADD CONSTRAINT topology_nodes_node_id_fkey FOREIGN KEY (node_id) REFERENCES nodes(id) ON DELETE CASCADE;
ALTER TABLE topology_nodes ADD CONSTRAINT topology_nodes_pkey PRIMARY KEY (node_id);
ALTER TABLE topology_state ADD CONSTRAINT topology_state_id_check CHECK (id);
ALTER TABLE topology_state ADD CONSTRAINT topology_state_pkey PRIMARY KEY (id);
ALTER TABLE unjudged_times ADD CONSTRAINT unjudged_times_check CHECK (((kind = 'stopped'::text) = (definition_id IS NULL)));
ALTER TABLE unjudged_times ADD CONSTRAINT unjudged_times_definition_id_fkey FOREIGN KEY (definition_id) REFERENCES alert_definitions(id) ON DELETE CASCADE;
ALTER TABLE unjudged_times ADD CONSTRAINT unjudged_times_kind_check CHECK ((kind = ANY (ARRAY['stopped'::text, 'unread'::text, 'refused'::text])));
ALTER TABLE unjudged_times ADD CONSTRAINT unjudged_times_pkey PRIMARY KEY (id);
ALTER TABLE users ADD CONSTRAINT users_pkey PRIMARY KEY (id);
ALTER TABLE users ADD CONSTRAINT users_role_check CHECK ((role = ANY (ARRAY['admin'::text, 'operator'::text, 'viewer'::text])));
ALTER TABLE wiring_approvals ADD CONSTRAINT wiring_approvals_pkey PRIMARY KEY (site_id);
ALTER TABLE wiring_approvals ADD CONSTRAINT wiring_approvals_site_id_fkey FOREIGN KEY (site_id) REFERENCES sites(id) ON DELETE CASCADE;
CREATE INDEX address_places_addresses ON public.address_places USING gin (ip_addresses);
CREATE INDEX address_places_history ON public.address_places USING btree (mac_address, left_at) WHERE (left_at IS NOT NULL);
CREATE INDEX address_places_left ON public.address_places USING btree (left_at) WHERE (left_at IS NOT NULL);
CREATE INDEX address_places_node ON public.address_places USING btree (node_id);
CREATE INDEX alert_definitions_group ON public.alert_definitions USING btree (scope_group_id) WHERE (scope_group_id IS NOT NULL);
CREATE INDEX alert_definitions_node ON public.alert_definitions USING btree (scope_node_id) WHERE (scope_node_id IS NOT NULL);
CREATE INDEX alert_definitions_site ON public.alert_definitions USING btree (scope_site_id) WHERE (scope_site_id IS NOT NULL);
CREATE INDEX alert_events_alert ON public.alert_events USING btree (alert_id, id);
CREATE INDEX alert_events_window ON public.alert_events USING btree (((detail ->> 'window_id'::text)), at) WHERE ((event = 'held'::text) AND ((detail ->> 'window_id'::text) IS NOT NULL));
CREATE INDEX alerts_held_by ON public.alerts USING btree (held_alert_id) WHERE (held_alert_id IS NOT NULL);
CREATE INDEX alerts_name ON public.alerts USING btree (subject_name COLLATE stratora_order, id);
CREATE INDEX alerts_node ON public.alerts USING btree (node_id, triggered_at, id);
CREATE INDEX alerts_resolved ON public.alerts USING btree (resolved_at, id) WHERE (state = 'resolved'::text);
CREATE INDEX alerts_triggered ON public.alerts USING btree (triggered_at, id) INCLUDE (state, severity, node_id, component_id, site_id, definition_id, root_id, subject_name, resolved_at, acknowledged_at, held_by, flapping_since, muted_at, muted_until, search_text);
CREATE INDEX answered_calls_created ON public.answered_calls USING btree (created_at);
CREATE INDEX approved_links_a_node ON public.approved_links USING btree (a_node_id) WHERE (a_node_id IS NOT NULL);
CREATE INDEX approved_links_b_node ON public.approved_links USING btree (b_node_id) WHERE (b_node_id IS NOT NULL);
CREATE INDEX approved_links_site ON public.approved_links USING btree (site_id);
CREATE INDEX audit_log_time ON public.audit_log USING btree ("time" DESC);
CREATE INDEX collector_config_dirty_due ON public.collector_config_dirty USING btree (due_at);
CREATE INDEX collector_configs_hash ON public.collector_configs USING btree (component_id, hash);
CREATE INDEX collector_targets_component ON public.collector_targets USING btree (component_id);
CREATE INDEX component_instances_last ON public.component_instances USING btree (last_heard_at);
CREATE INDEX component_jobs_created ON public.component_jobs USING btree (created_at);
CREATE INDEX component_jobs_kind ON public.component_jobs USING btree (kind, created_at);
CREATE INDEX component_jobs_open ON public.component_jobs USING btree (component_id, created_at) WHERE (ended_at IS NULL);
CREATE INDEX component_keys_component ON public.component_keys USING btree (component_id);
CREATE INDEX derived_links_a_device ON public.derived_links USING btree (a_device_id) WHERE (a_device_id IS NOT NULL);
CREATE INDEX derived_links_a_node ON public.derived_links USING btree (a_node_id);
CREATE INDEX derived_links_b_device ON public.derived_links USING btree (b_device_id) WHERE (b_device_id IS NOT NULL);
CREATE INDEX derived_links_b_node ON public.derived_links USING btree (b_node_id);
CREATE INDEX derived_links_manual ON public.derived_links USING btree (manual_link_id) WHERE (manual_link_id IS NOT NULL);
CREATE INDEX discovered_addresses_device ON public.discovered_addresses USING btree (device_id);
CREATE INDEX discovered_devices_credential ON public.discovered_devices USING btree (credential_id) WHERE (credential_id IS NOT NULL);
CREATE INDEX discovered_devices_job ON public.discovered_devices USING btree (job_id);
CREATE INDEX discovered_devices_node ON public.discovered_devices USING btree (node_id) WHERE (node_id IS NOT NULL);
CREATE INDEX discovered_keys_device ON public.discovered_keys USING btree (device_id);
CREATE INDEX discovered_keys_value ON public.discovered_keys USING btree (kind, value);
CREATE INDEX discovery_changes_device ON public.discovery_changes USING btree (device_id);
CREATE INDEX discovery_jobs_collector ON public.discovery_jobs USING btree (collector_id);
CREATE INDEX discovery_jobs_due ON public.discovery_jobs USING btree (next_run_at) WHERE (next_run_at IS NOT NULL);
CREATE INDEX discovery_jobs_site ON public.discovery_jobs USING btree (site_id);
CREATE INDEX ended_bearers_expiry ON public.ended_bearers USING btree (expires_at);
CREATE INDEX escalations_next ON public.escalations USING btree (next_at) WHERE (next_at IS NOT NULL);
CREATE INDEX escalations_open ON public.escalations USING btree (alert_id) WHERE (stopped_reason IS DISTINCT FROM 'resolved'::text);
CREATE INDEX identity_corrections_alike ON public.identity_corrections USING btree (sys_object_id) WHERE for_alike;
CREATE INDEX maintenance_periods_from ON public.maintenance_periods USING btree (from_at);
CREATE INDEX maintenance_periods_window ON public.maintenance_periods USING btree (window_id, from_at);
CREATE INDEX maintenance_windows_group ON public.maintenance_windows USING btree (scope_group_id) WHERE (scope_group_id IS NOT NULL);
CREATE INDEX maintenance_windows_node ON public.maintenance_windows USING btree (scope_node_id) WHERE (scope_node_id IS NOT NULL);
CREATE INDEX maintenance_windows_occurrence ON public.maintenance_windows USING btree (occurrence_starts_at) WHERE (occurrence_starts_at IS NOT NULL);
CREATE INDEX maintenance_windows_site ON public.maintenance_windows USING btree (scope_site_id) WHERE (scope_site_id IS NOT NULL);
CREATE INDEX map_positions_device ON public.map_positions USING btree (device_id) WHERE (device_id IS NOT NULL);
CREATE INDEX map_positions_node ON public.map_positions USING btree (node_id) WHERE (node_id IS NOT NULL);
CREATE INDEX node_credentials_credential ON public.node_credentials USING btree (credential_id);
CREATE INDEX node_group_members_node ON public.node_group_members USING btree (node_id);
CREATE INDEX node_parents_parent ON public.node_parents USING btree (parent_id);
CREATE INDEX node_states_status ON public.node_states USING btree (status);
CREATE INDEX node_status_changes_node ON public.node_status_changes USING btree (node_id, "time" DESC);
CREATE INDEX node_status_changes_time ON public.node_status_changes USING btree ("time" DESC);
CREATE INDEX nodes_address ON public.nodes USING btree (lower(rtrim(ip_address, '.'::text)), site_id);
CREATE INDEX nodes_collector ON public.nodes USING btree (collector_id);
CREATE INDEX nodes_name ON public.nodes USING btree (name COLLATE stratora_order, id);
CREATE INDEX nodes_site ON public.nodes USING btree (site_id);
CREATE INDEX notification_outbox_channel ON public.notification_outbox USING btree (channel_id, created_at, id) WHERE (channel_id IS NOT NULL);
CREATE INDEX notification_outbox_created ON public.notification_outbox USING btree (created_at, id) INCLUDE (state, event, alert_id, team_id, channel_id, search_text);
CREATE INDEX notification_outbox_ended ON public.notification_outbox USING btree (ended_at) WHERE (ended_at IS NOT NULL);
CREATE INDEX notification_outbox_lane ON public.notification_outbox USING btree (lane_id, formed_at) WHERE (formed_at IS NOT NULL);
CREATE INDEX notification_outbox_message ON public.notification_outbox USING btree (message_key);
CREATE INDEX notification_outbox_other_ends ON public.notification_outbox USING btree (state, created_at, id) INCLUDE (event, alert_id, team_id, channel_id, search_text) WHERE (state = ANY (ARRAY['failed'::text, 'skipped'::text, 'merged'::text]));
CREATE INDEX notification_outbox_other_events ON public.notification_outbox USING btree (event, created_at, id) INCLUDE (state, alert_id, team_id, channel_id, search_text) WHERE (event = ANY (ARRAY['changed'::text, 'escalated'::text, 'repeated'::text, 'reminder'::text, 'test'::text]));
CREATE INDEX notification_outbox_tests ON public.notification_outbox USING btree (created_at) WHERE (alert_id IS NULL);
CREATE INDEX notification_outbox_waiting ON public.notification_outbox USING btree (lane_id, created_at, id) WHERE (state = ANY (ARRAY['queued'::text, 'sending'::text]));
CREATE INDEX remote_components_host ON public.remote_components USING btree (component_type, lower((hostname COLLATE stratora_order)));
CREATE INDEX remote_components_key_due ON public.remote_components USING btree (id) WHERE (key_due_since IS NOT NULL);
CREATE INDEX rollout_components_component ON public.rollout_components USING btree (component_id);
CREATE INDEX rollouts_created ON public.rollouts USING btree (created_at DESC);
CREATE INDEX sessions_expiry ON public.sessions USING btree (expires_at);
CREATE INDEX sessions_user ON public.sessions USING btree (user_id);
CREATE INDEX topology_devices_site ON public.topology_devices USING btree (site_id);
CREATE INDEX topology_events_at ON public.topology_events USING btree (at);
CREATE INDEX topology_events_nodes ON public.topology_events USING gin (node_ids);
CREATE INDEX topology_links_a ON public.topology_links USING btree (a_node_id);
CREATE INDEX topology_links_b ON public.topology_links USING btree (b_node_id);
CREATE INDEX unjudged_times_of_rule ON public.unjudged_times USING btree (definition_id, from_at);
CREATE TRIGGER alert_definitions_notify AFTER INSERT OR DELETE OR UPDATE ON public.alert_definitions FOR EACH STATEMENT EXECUTE FUNCTION notify_alert_definitions();
CREATE TRIGGER audit_log_append BEFORE INSERT ON public.audit_log FOR EACH ROW EXECUTE FUNCTION audit_log_append();
CREATE TRIGGER audit_log_no_change BEFORE DELETE OR UPDATE ON public.audit_log FOR EACH ROW EXECUTE FUNCTION audit_log_refuse();
CREATE TRIGGER audit_log_no_truncate BEFORE TRUNCATE ON public.audit_log FOR EACH STATEMENT EXECUTE FUNCTION audit_log_refuse();
CREATE TRIGGER collector_configs_notify AFTER INSERT ON public.collector_configs FOR EACH ROW EXECUTE FUNCTION notify_config();
CREATE TRIGGER component_keys_notify AFTER INSERT OR DELETE OR UPDATE OF key_bcrypt, expires_at ON public.component_keys FOR EACH ROW EXECUTE FUNCTION notify_component();
CREATE TRIGGER nodes_notify_binding AFTER INSERT OR DELETE OR UPDATE OF collector_id, agent_id, template, name ON public.nodes FOR EACH ROW EXECUTE FUNCTION notify_node_binding();
CREATE TRIGGER nodes_state_row AFTER INSERT ON public.nodes FOR EACH ROW EXECUTE FUNCTION nodes_state_row();
CREATE TRIGGER remote_components_notify AFTER INSERT OR DELETE OR UPDATE OF approval ON public.remote_components FOR EACH ROW EXECUTE FUNCTION notify_component();
CREATE TRIGGER remote_components_notify_pin AFTER UPDATE OF pinned_generation ON public.remote_components FOR EACH ROW EXECUTE FUNCTION notify_pin();
CREATE UNIQUE INDEX address_places_current ON public.address_places USING btree (mac_address, node_id, port, vlan) WHERE (left_at IS NULL);
CREATE UNIQUE INDEX alert_definitions_name_key ON public.alert_definitions USING btree (stratora_name_key(name) COLLATE stratora_name);
CREATE UNIQUE INDEX alert_definitions_place_key ON public.alert_definitions USING btree (overrides, COALESCE(scope_site_id, scope_group_id, scope_node_id)) WHERE (overrides IS NOT NULL);
CREATE UNIQUE INDEX alerts_one_active ON public.alerts USING btree (subject, alert_key) WHERE (state = 'active'::text);
CREATE UNIQUE INDEX credentials_name_key ON public.credentials USING btree (stratora_name_key(name) COLLATE stratora_name);
CREATE UNIQUE INDEX discovery_runs_open ON public.discovery_runs USING btree (job_id) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX escalation_teams_name_key ON public.escalation_teams USING btree (stratora_name_key(name) COLLATE stratora_name);
CREATE UNIQUE INDEX escalation_teams_one_default ON public.escalation_teams USING btree (is_default) WHERE is_default;
CREATE UNIQUE INDEX ignored_devices_key ON public.ignored_devices USING btree (kind, value, COALESCE(collector_id, '00000000-0000-0000-0000-000000000000'::uuid), COALESCE(site_id, '00000000-0000-0000-0000-000000000000'::uuid));
CREATE UNIQUE INDEX maintenance_periods_open ON public.maintenance_periods USING btree (window_id) WHERE (to_at IS NULL);
CREATE UNIQUE INDEX node_groups_name_key ON public.node_groups USING btree (stratora_name_key(name) COLLATE stratora_name);
CREATE UNIQUE INDEX notification_channels_name_key ON public.notification_channels USING btree (stratora_name_key(name) COLLATE stratora_name);
CREATE UNIQUE INDEX notification_outbox_all_clear ON public.notification_outbox USING btree (alert_id, lane_id, recipient) WHERE (event = 'resolved'::text);
CREATE UNIQUE INDEX notification_outbox_once ON public.notification_outbox USING btree (alert_id, team_id, event, generation, step, repeat, lane_id, recipient, subject) NULLS NOT DISTINCT;
CREATE UNIQUE INDEX remote_components_machine_key ON public.remote_components USING btree (component_type, machine_id, lower((hostname COLLATE stratora_order))) WHERE (machine_id IS NOT NULL);
CREATE UNIQUE INDEX rollouts_one_active ON public.rollouts USING btree (component_type) WHERE (state = ANY (ARRAY['running'::text, 'stopped'::text]));
CREATE UNIQUE INDEX sites_name_key ON public.sites USING btree (stratora_name_key(name) COLLATE stratora_name);
CREATE UNIQUE INDEX sites_one_default ON public.sites USING btree (is_default) WHERE is_default;
CREATE UNIQUE INDEX topology_links_once ON public.topology_links USING btree (LEAST(a_node_id, b_node_id), GREATEST(a_node_id, b_node_id), (
CASE
    WHEN (a_node_id < b_node_id) THEN COALESCE(a_interface, ''::text)
    ELSE COALESCE(b_interface, ''::text)
END), (
CASE
    WHEN (a_node_id < b_node_id) THEN COALESCE(b_interface, ''::text)
    ELSE COALESCE(a_interface, ''::text)
END));
CREATE UNIQUE INDEX users_username_key ON public.users USING btree (lower((username COLLATE "C")));

CREATE OR REPLACE FUNCTION public.address_sort_key(address text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  SELECT CASE
    WHEN address ~ '^\d{1,3}(\.\d{1,3}){3}$' THEN '4' || (
      SELECT string_agg(lpad(part, 3, '0'), '.' ORDER BY position)
      FROM unnest(string_to_array(address, '.')) WITH ORDINALITY AS parts(part, position)
    )
    WHEN address ~ ':' THEN '6' || lower(address)
    ELSE 'n' || lower(address)
  END
$function$
;

CREATE OR REPLACE FUNCTION public.audit_entry_hash(entry audit_log)
 RETURNS bytea
 LANGUAGE sql
 IMMUTABLE
AS $function$
  SELECT sha256(entry.previous_hash || convert_to(jsonb_build_array(
    entry.seq, entry.id, extract(epoch FROM entry.time), entry.actor_id, entry.actor, entry.action,
    entry.object_type, entry.object_id, entry.node_id, entry.detail, entry.request_id, entry.address
  )::text, 'UTF8'))
$function$
;

CREATE OR REPLACE FUNCTION public.audit_log_append()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  UPDATE audit_head SET seq = audit_head.seq + 1 RETURNING audit_head.seq, audit_head.hash
    INTO NEW.seq, NEW.previous_hash;
  NEW.hash := audit_entry_hash(NEW);
  UPDATE audit_head SET hash = NEW.hash;
  RETURN NEW;
END $function$
;

CREATE OR REPLACE FUNCTION public.audit_log_refuse()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  RAISE EXCEPTION 'the audit log is append-only';
END $function$
;

CREATE OR REPLACE FUNCTION public.nodes_state_row()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  INSERT INTO node_states (node_id) VALUES (NEW.id);
  RETURN NULL;
END $function$
;

CREATE OR REPLACE FUNCTION public.notify_alert_definitions()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  PERFORM pg_notify('stratora_rules', '');
  RETURN NULL;
END $function$
;

CREATE OR REPLACE FUNCTION public.notify_component()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
DECLARE
  changed jsonb := to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END);
BEGIN
  PERFORM pg_notify('stratora_component', coalesce(changed->>'component_id', changed->>'id'));
  RETURN NULL;
END $function$
;

CREATE OR REPLACE FUNCTION public.notify_config()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  PERFORM pg_notify('stratora_config', NEW.component_id::text);
  RETURN NULL;
END $function$
;

CREATE OR REPLACE FUNCTION public.notify_node_binding()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
DECLARE
  owners uuid[] := CASE TG_OP
    WHEN 'INSERT' THEN ARRAY[NEW.collector_id, NEW.agent_id]
    WHEN 'DELETE' THEN ARRAY[OLD.collector_id, OLD.agent_id]
    ELSE ARRAY[OLD.collector_id, OLD.agent_id, NEW.collector_id, NEW.agent_id]
  END;
  owner uuid;
BEGIN
  FOREACH owner IN ARRAY owners LOOP
    IF owner IS NOT NULL THEN
      PERFORM pg_notify('stratora_component', owner::text);
    END IF;
  END LOOP;
  RETURN NULL;
END $function$
;

CREATE OR REPLACE FUNCTION public.notify_pin()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  PERFORM pg_notify('stratora_config', NEW.id::text);
  RETURN NULL;
END $function$
;

CREATE OR REPLACE FUNCTION public.stratora_address_key(address text)
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
BEGIN
  RETURN encode(inet_send(split_part(address, '%', 1)::inet), 'hex');
EXCEPTION WHEN invalid_text_representation THEN
  RETURN 'z' || address;
END $function$
;

CREATE OR REPLACE FUNCTION public.stratora_fold(name text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN (octet_length(name) = char_length(name)) THEN lower((name COLLATE "C")) ELSE translate(replace(replace(replace(replace(replace((lower((regexp_replace(NORMALIZE(name, NFKD), '[\u0300-\u036f]'::text, ''::text, 'g'::text) COLLATE stratora_order)) COLLATE "C"), 'ß'::text, 'ss'::text), 'æ'::text, 'ae'::text), 'œ'::text, 'oe'::text), 'ĳ'::text, 'ij'::text), 'þ'::text, 'th'::text), 'ıłøđðħŧς'::text, 'iloddhtσ'::text) END
;

CREATE OR REPLACE FUNCTION public.stratora_name_key(name text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN replace(replace(name, 'ß'::text, 'ss'::text), 'ẞ'::text, 'SS'::text)
;

CREATE OR REPLACE FUNCTION public.stratora_uuidv7()
 RETURNS uuid
 LANGUAGE sql
 PARALLEL SAFE
AS $function$
  SELECT (
    lpad(to_hex(floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0')
    || '7'
    || substr(replace(gen_random_uuid()::text, '-', ''), 14)
  )::uuid
$function$
;

