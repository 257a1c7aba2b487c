-- What the engine said itself of a target, beside the sentence for people.

ALTER TABLE collector_targets ADD COLUMN detail text NOT NULL DEFAULT '';
