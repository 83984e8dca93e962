SELECT *
FROM (
  SELECT
    'Mail' AS "source_",
    "Timestamp",
    "Id",
    ('{' || '"Sender":' || CAST(to_json("Sender") AS VARCHAR) || ',"Size":' || coalesce(CAST(to_json("Size") AS VARCHAR), 'null') || ',"Auth":' || CAST(to_json("Auth") AS VARCHAR) || ',"Score":' || coalesce(CASE WHEN isfinite("Score") THEN CAST(to_json("Score") AS VARCHAR) ELSE '"' || CASE WHEN isfinite("Score") THEN CAST("Score" AS VARCHAR) WHEN isnan("Score") THEN 'NaN' WHEN "Score" > 0 THEN 'Infinity' WHEN "Score" < 0 THEN '-Infinity' END || '"' END, 'null') || ',"Bulk":' || coalesce(CAST(to_json("Bulk") AS VARCHAR), 'null') || ',"Extra":' || coalesce("Extra", 'null') || '}') AS "pack_"
  FROM "Mail"
  WHERE ("Id" = 'm2')
  UNION ALL
  SELECT
    'Clicks' AS "source_",
    "Timestamp",
    "Id",
    ('{' || '"Url":' || CAST(to_json("Url") AS VARCHAR) || ',"sender":' || CAST(to_json("sender") AS VARCHAR) || '}') AS "pack_"
  FROM "Clicks"
  WHERE ("Id" = 'm2')
)
