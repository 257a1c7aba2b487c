-- What people say that devices are, where the rules of identification say otherwise.
CREATE TABLE identity_corrections (
  id uuid PRIMARY KEY DEFAULT stratora_uuidv7(),
  -- A correction outlives its node: it goes on counting for devices like it, and as a case of the rules.
  node_id uuid REFERENCES nodes (id) ON DELETE SET NULL,
  -- A field that is null is as the rules have it.
  vendor text,
  model text,
  os text,
  family text,
  device_type text,
  template text,
  -- Whether it counts for every device of the same sysObjectID, and of the same model where one was recognised.
  for_alike boolean NOT NULL,
  sys_object_id text,
  sys_descr text,
  sys_name text,
  recognised_model text,
  corrected_by text NOT NULL,
  corrected_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT identity_corrections_node_id_key UNIQUE (node_id),
  CONSTRAINT identity_corrections_alike_by CHECK (NOT for_alike OR sys_object_id IS NOT NULL)
);
CREATE INDEX identity_corrections_alike ON identity_corrections (sys_object_id) WHERE for_alike;
