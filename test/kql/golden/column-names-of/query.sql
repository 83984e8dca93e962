SELECT
  '["a","b c"]' AS "names",
  'no' AS "has_it",
  false AS "other",
  7::BIGINT AS "print_3",
  true AS "zones",
  length(CAST(uuid() AS VARCHAR)) AS "guid"
