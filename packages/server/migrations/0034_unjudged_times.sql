-- Times in which rules judged nothing, so that the silence of then can be explained.
CREATE TABLE unjudged_times (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- Null: no rule was judged.
  definition_id uuid REFERENCES alert_definitions ON DELETE CASCADE,
  -- stopped: no cycle ran; unread: the metric store did not answer in time; refused: it refused the expression.
  kind text NOT NULL CHECK (kind IN ('stopped', 'unread', 'refused')),
  reason text,
  from_at timestamptz(3) NOT NULL,
  -- Time of the first cycle that judged again; null: none has.
  until_at timestamptz(3),
  CHECK ((kind = 'stopped') = (definition_id IS NULL))
);
CREATE INDEX unjudged_times_of_rule ON unjudged_times (definition_id, from_at);
