-- Device templates that people wrote, beside those of files. What is in force of both is in device_templates.
CREATE TABLE custom_templates (
  slug text PRIMARY KEY CHECK (slug ~ '^[a-z0-9][a-z0-9-]{0,63}$'),
  -- As it was written, TOML: with its comments.
  text text NOT NULL CHECK (char_length(text) <= 262144),
  updated_by text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);
-- Whether it is one that somebody wrote: a file of the same slug takes its place.
ALTER TABLE device_templates ADD COLUMN custom boolean NOT NULL DEFAULT false;
