SELECT *
FROM (
  SELECT
    'Mail' AS "source_",
    "Timestamp",
    "Id",
    '' AS "Url",
    "Size",
    ('{' || '"Sender":' || CAST(to_json("Sender") AS VARCHAR) || ',"Auth":' || CAST(to_json("Auth") AS VARCHAR) || ',"Score":' || coalesce(CASE WHEN isfinite("Score") THEN CAST(to_json("Score") AS VARCHAR) ELSE '"' || CASE WHEN isfinite("Score") THEN CAST("Score" AS VARCHAR) WHEN isnan("Score") THEN 'NaN' WHEN "Score" > 0 THEN 'Infinity' WHEN "Score" < 0 THEN '-Infinity' END || '"' END, 'null') || ',"Bulk":' || coalesce(CAST(to_json("Bulk") AS VARCHAR), 'null') || ',"Extra":' || coalesce("Extra", 'null') || '}') AS "pack_"
  FROM "Mail"
  WHERE ((contains('', 'a') AND regexp_full_match('', '(?s)(?:.*[^\p{L}\p{N}])?a(?:[^\p{L}\p{N}].*)?')) OR ("Size" = 100::BIGINT))
  UNION ALL
  SELECT
    'Clicks' AS "source_",
    "Timestamp",
    "Id",
    "Url",
    NULL::BIGINT AS "Size",
    ('{' || '"sender":' || CAST(to_json("sender") AS VARCHAR) || '}') AS "pack_"
  FROM "Clicks"
  WHERE ((contains(lower("Url"), 'a') AND regexp_full_match(lower("Url"), '(?s)(?:.*[^\p{L}\p{N}])?a(?:[^\p{L}\p{N}].*)?')) OR (NULL::BIGINT = 100::BIGINT))
)
