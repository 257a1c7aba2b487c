-- The sign of life that goes to an address outside, whose silence tells that this system is gone.
CREATE TABLE outward_heartbeat (
  is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
  -- Address of the newest try.
  url text NOT NULL,
  -- Since when none was taken; null: the newest one was.
  failing_since timestamptz(3),
  message text
);
