SELECT
  "Text",
  "At",
  substr("Text", (CASE WHEN least(coalesce(CAST("At" AS BIGINT), 0), 4294967294) < 0 THEN CASE WHEN length("Text") + least(coalesce(CAST("At" AS BIGINT), 0), 4294967294) < 0 THEN length("Text") ELSE length("Text") + least(coalesce(CAST("At" AS BIGINT), 0), 4294967294) END ELSE least(coalesce(CAST("At" AS BIGINT), 0), 4294967294) END + 1)) AS "Rest",
  substr("Text", 2, greatest(least(coalesce(CAST("At" AS BIGINT), 0), 4294967294), 0)) AS "Some",
  substr("Text", (CASE WHEN least(CAST(9223372036854775807::BIGINT AS BIGINT), 4294967294) < 0 THEN CASE WHEN length("Text") + least(CAST(9223372036854775807::BIGINT AS BIGINT), 4294967294) < 0 THEN length("Text") ELSE length("Text") + least(CAST(9223372036854775807::BIGINT AS BIGINT), 4294967294) END ELSE least(CAST(9223372036854775807::BIGINT AS BIGINT), 4294967294) END + 1)) AS "Never",
  CASE WHEN "At" IS NOT NULL THEN CASE WHEN (strpos(substr("Text", CASE WHEN "At" < 0 THEN greatest(length("Text") + "At", 0) ELSE least("At", 4294967294) END + 1), 'b')) = 0 THEN -1 ELSE CAST((strpos(substr("Text", CASE WHEN "At" < 0 THEN greatest(length("Text") + "At", 0) ELSE least("At", 4294967294) END + 1), 'b')) - 1 + CASE WHEN "At" < 0 THEN greatest(length("Text") + "At", 0) ELSE least("At", 4294967294) END AS BIGINT) END END AS "Found",
  array_to_string(list_transform(string_split("Text", 'ß'), lambda _p: upper(_p)), 'ß') AS "Upper"
FROM (SELECT * FROM (VALUES ('abcabc', 9223372036854775807::BIGINT), ('abc', (-9223372036854775807 - 1)::BIGINT), ('ßab', 1::BIGINT)) AS rows("Text", "At"))
