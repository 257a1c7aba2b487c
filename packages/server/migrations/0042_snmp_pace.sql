-- How gently a fragile device is asked by SNMP; null for the pace of its template. Kept as it was written, keys in their order.
ALTER TABLE nodes ADD COLUMN snmp_pace json;
