SELECT
  "t",
  regexp_replace("t", 'inv+oice|pay(ment)?', '<\0>', 'g') AS "r",
  regexp_full_match("t", '(?s:.*)(?:)(?s:.*)') AS "all_match",
  (contains(lower("t"), lower(coalesce((SELECT "Column2" FROM (
  SELECT
    'pay' AS "Column2"
  FROM (SELECT * FROM (VALUES ('inv+oice'), ('pay(ment)?')) AS rows("word"))
) LIMIT 1), ''))) AND regexp_full_match(lower("t"), '(?s)' || CASE WHEN regexp_matches(lower(coalesce((SELECT "Column2" FROM (
  SELECT
    'pay' AS "Column2"
  FROM (SELECT * FROM (VALUES ('inv+oice'), ('pay(ment)?')) AS rows("word"))
) LIMIT 1), '')), '^[\p{L}\p{N}]') THEN '(?:.*[^\p{L}\p{N}])?' ELSE '.*' END || regexp_escape(lower(coalesce((SELECT "Column2" FROM (
  SELECT
    'pay' AS "Column2"
  FROM (SELECT * FROM (VALUES ('inv+oice'), ('pay(ment)?')) AS rows("word"))
) LIMIT 1), ''))) || CASE WHEN regexp_matches(lower(coalesce((SELECT "Column2" FROM (
  SELECT
    'pay' AS "Column2"
  FROM (SELECT * FROM (VALUES ('inv+oice'), ('pay(ment)?')) AS rows("word"))
) LIMIT 1), '')), '[\p{L}\p{N}]$') THEN '(?:[^\p{L}\p{N}].*)?' ELSE '.*' END)) AS "plain"
FROM (SELECT * FROM (VALUES ('An Invvoice'), ('pay'), ('invoice'), ('letter')) AS rows("t"))
WHERE regexp_full_match("t", '(?s:.*)(?:(?i)inv+oice|pay(ment)?)(?s:.*)')
