-- Since when a node is asked another way (address, login, template): what was met before says nothing of it.
ALTER TABLE node_states ADD COLUMN asked_anew_at timestamptz(3);
