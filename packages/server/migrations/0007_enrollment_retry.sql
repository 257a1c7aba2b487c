-- A host whose first answer was lost comes again with the same token, which may have been its last use.

ALTER TABLE remote_components
  ADD COLUMN enrolled_by uuid REFERENCES enrollment_tokens ON DELETE SET NULL,
  ADD COLUMN enrolled_at timestamptz(3) NOT NULL DEFAULT now();
