-- Rules whose expression the metric store refuses. As long as they stand here they judge nothing.
CREATE TABLE refused_rules (
  definition_id uuid PRIMARY KEY REFERENCES alert_definitions ON DELETE CASCADE,
  -- What the store has against the expression.
  reason text NOT NULL,
  since timestamptz(3) NOT NULL DEFAULT now()
);
