-- Names are folded, found and sorted by ICU, whatever locale the database was made with.

-- Two names are one where they differ in nothing but case, width or the form of their accents: Zürich and ZÜRICH,
-- Straße and STRASSE, composed and decomposed. Zurich is another, and so are I without and with a dot.
CREATE COLLATION stratora_name (provider = icu, locale = 'und-u-kk-true-ks-level2', deterministic = false);
-- What is compared: ICU takes ß for an accented ss, and its capital form is plain SS.
CREATE FUNCTION stratora_name_key(name text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN replace(replace(name, 'ß', 'ss'), 'ẞ', 'SS');

-- The order of names for people: letters of all languages in their places, sw2 before sw10.
CREATE COLLATION stratora_order (provider = icu, locale = 'und-u-kk-true-kn-true');

-- What a search compares: small letters without accents, so that zurich finds Zürich and strasse finds Straße.
CREATE FUNCTION stratora_fold(name text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN octet_length(name) = char_length(name) THEN lower(name COLLATE "C") ELSE
  translate(replace(replace(replace(replace(replace(
    lower(regexp_replace(normalize(name, NFKD), '[\u0300-\u036f]', '', 'g') COLLATE stratora_order) COLLATE "C",
    'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'ĳ', 'ij'), 'þ', 'th'), 'ıłøđðħŧς', 'iloddhtσ') END;

-- Names that were two until now and are one from here on: the oldest keeps it, the others get a number behind it.
CREATE FUNCTION number_equal_names(tab regclass, action text, object_type text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  same record;
  number integer;
  fresh text;
  is_taken boolean;
BEGIN
  FOR same IN EXECUTE format(
    'SELECT id, name FROM (SELECT id, name, created_at, row_number() OVER (PARTITION BY stratora_name_key(name) COLLATE stratora_name
       ORDER BY created_at, id) AS rank FROM %s) AS ranked WHERE rank > 1 ORDER BY created_at, id', tab)
  LOOP
    number := 1;
    LOOP
      number := number + 1;
      fresh := format('%s (%s)', left(same.name, 190), number);
      EXECUTE format('SELECT EXISTS (SELECT FROM %s WHERE stratora_name_key(name) = stratora_name_key($1) COLLATE stratora_name)', tab)
        INTO is_taken USING fresh;
      EXIT WHEN NOT is_taken;
    END LOOP;
    EXECUTE format('UPDATE %s SET name = $1, updated_at = now() WHERE id = $2', tab) USING fresh, same.id;
    INSERT INTO audit_log (actor, action, object_type, object_id, detail) VALUES
      ('server', action, object_type, same.id::text,
       jsonb_build_object('name', fresh, 'old_name', same.name, 'reason', 'differed from another name in case alone'));
  END LOOP;
END $$;
SELECT number_equal_names('sites', 'site.update', 'site');
SELECT number_equal_names('node_groups', 'node_group.update', 'node_group');
SELECT number_equal_names('credentials', 'credential.update', 'credential');
DROP FUNCTION number_equal_names;

DROP INDEX sites_name_key;
CREATE UNIQUE INDEX sites_name_key ON sites (stratora_name_key(name) COLLATE stratora_name);
DROP INDEX node_groups_name_key;
CREATE UNIQUE INDEX node_groups_name_key ON node_groups (stratora_name_key(name) COLLATE stratora_name);
DROP INDEX credentials_name_key;
CREATE UNIQUE INDEX credentials_name_key ON credentials (stratora_name_key(name) COLLATE stratora_name);
-- User names hold no letters but those of ASCII. They are compared by nothing more, in every locale: attempts are counted
-- by name, and a name must not have further spellings.
DROP INDEX users_username_key;
CREATE UNIQUE INDEX users_username_key ON users (lower(username COLLATE "C"));
DROP INDEX nodes_name;
CREATE INDEX nodes_name ON nodes (name COLLATE stratora_order, id);
