-- Instances without ifIndex and ifAlias: for an interface that has a name they are no part of its instance any more. What
-- is remembered, and what is active, goes over to the instance that its series have from now on, so that nothing fires anew.
-- An instance that is all the labels there are is one of a definition that names none.
WITH renamed AS (
  SELECT family, subject, instance, lasting,
    row_number() OVER (PARTITION BY family, subject, lasting ORDER BY (severity IS NULL), since, instance) AS place
  FROM alert_states
  CROSS JOIN LATERAL (
    SELECT string_agg(value, ':' ORDER BY key COLLATE "C") AS whole,
      string_agg(value, ':' ORDER BY key COLLATE "C") FILTER (WHERE key NOT IN ('ifIndex', 'ifAlias')) AS lasting
    FROM jsonb_each_text(labels) WHERE value <> ''
  ) AS names
  WHERE labels ?| ARRAY['ifIndex', 'ifAlias']
    AND (coalesce(labels->>'ifName', '') <> '' OR coalesce(labels->>'ifDescr', '') <> '')
    AND instance = whole
)
UPDATE alert_states SET instance = renamed.lasting
FROM renamed
WHERE renamed.place = 1
  AND alert_states.family = renamed.family
  AND alert_states.subject = renamed.subject
  AND alert_states.instance = renamed.instance
  AND NOT EXISTS (
    SELECT FROM alert_states AS other
    WHERE other.family = renamed.family AND other.subject = renamed.subject AND other.instance = renamed.lasting
  );

WITH renamed AS (
  SELECT id, lasting, left(alert_key, char_length(alert_key) - char_length(instance)) || lasting AS key,
    row_number() OVER (PARTITION BY subject, definition_slug, lasting ORDER BY started_at, id) AS place
  FROM alerts
  CROSS JOIN LATERAL (
    SELECT string_agg(value, ':' ORDER BY key COLLATE "C") AS whole,
      string_agg(value, ':' ORDER BY key COLLATE "C") FILTER (WHERE key NOT IN ('ifIndex', 'ifAlias')) AS lasting
    FROM jsonb_each_text(labels) WHERE value <> ''
  ) AS names
  WHERE state = 'active'
    AND labels ?| ARRAY['ifIndex', 'ifAlias']
    AND (coalesce(labels->>'ifName', '') <> '' OR coalesce(labels->>'ifDescr', '') <> '')
    AND instance = whole
    AND right(alert_key, char_length(instance)) = instance
)
UPDATE alerts SET instance = renamed.lasting, alert_key = renamed.key
FROM renamed
WHERE renamed.place = 1
  AND alerts.id = renamed.id
  AND NOT EXISTS (
    SELECT FROM alerts AS other
    WHERE other.state = 'active' AND other.subject = alerts.subject AND other.alert_key = renamed.key
  );
