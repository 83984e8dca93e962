SELECT
  "t",
  (NOT contains(lower("t"), 'world')) AS "c",
  (NOT contains("t", 'World')) AS "cc",
  (NOT (contains(lower("t"), 'world') AND regexp_full_match(lower("t"), '(?s)(?:.*[^\p{L}\p{N}])?world(?:[^\p{L}\p{N}].*)?'))) AS "h",
  (NOT (contains("t", 'World') AND regexp_full_match("t", '(?s)(?:.*[^\p{L}\p{N}])?World(?:[^\p{L}\p{N}].*)?'))) AS "hc",
  (NOT (contains(lower("t"), 'wor') AND regexp_full_match(lower("t"), '(?s)(?:.*[^\p{L}\p{N}])?wor.*'))) AS "p",
  (NOT (contains("t", 'Wor') AND regexp_full_match("t", '(?s)(?:.*[^\p{L}\p{N}])?Wor.*'))) AS "pc",
  (NOT (contains(lower("t"), 'ld') AND regexp_full_match(lower("t"), '(?s).*ld(?:[^\p{L}\p{N}].*)?'))) AS "s",
  (NOT (contains("t", 'ld') AND regexp_full_match("t", '(?s).*ld(?:[^\p{L}\p{N}].*)?'))) AS "sc",
  (NOT starts_with(lower("t"), 'hello')) AS "b",
  (NOT starts_with("t", 'hello')) AS "bc",
  (NOT ends_with(lower("t"), 'world')) AS "e",
  (NOT ends_with("t", 'World')) AS "ec",
  (length("t") <= 5::BIGINT) AS "le"
FROM (SELECT * FROM (VALUES ('Hello brave-World'), ('hello'), (''), ('worldly')) AS rows("t"))
