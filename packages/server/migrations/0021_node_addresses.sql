-- Finds nodes by the form in which addresses are compared: names know no case and no last dot.
CREATE INDEX nodes_address ON nodes (lower(rtrim(ip_address, '.')), site_id);
