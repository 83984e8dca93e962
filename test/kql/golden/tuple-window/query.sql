SELECT
  "x",
  coalesce(CASE WHEN regexp_full_match(coalesce(CASE WHEN json_valid("$tuple_0") THEN json_extract_string("$tuple_0", '$[0]') END, ''), '(?i)\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*|\s*(nan|[+-]?inf|-?infinity)\s*') THEN TRY_CAST(coalesce(CASE WHEN json_valid("$tuple_0") THEN json_extract_string("$tuple_0", '$[0]') END, '') AS DOUBLE) END, CASE WHEN NOT starts_with(NULLIF(CASE WHEN json_valid("$tuple_0") THEN CAST(json_extract("$tuple_0", '$[0]') AS VARCHAR) END, 'null'), '"') THEN CASE coalesce(CASE WHEN json_valid("$tuple_0") THEN json_extract_string("$tuple_0", '$[0]') END, '') WHEN 'true' THEN 1 WHEN 'false' THEN 0 END END) AS "least",
  coalesce(CASE WHEN regexp_full_match(coalesce(CASE WHEN json_valid("$tuple_0") THEN json_extract_string("$tuple_0", '$[1]') END, ''), '\s*[+-]?\d+\s*|\s*\+?0[xX][0-9a-fA-F]{1,16}\s*') THEN TRY_CAST(coalesce(CASE WHEN json_valid("$tuple_0") THEN json_extract_string("$tuple_0", '$[1]') END, '') AS BIGINT) END, CASE WHEN NOT starts_with(NULLIF(CASE WHEN json_valid("$tuple_0") THEN CAST(json_extract("$tuple_0", '$[1]') AS VARCHAR) END, 'null'), '"') THEN coalesce(coalesce(TRY_CAST(trunc(CASE WHEN regexp_full_match(coalesce(CASE WHEN json_valid("$tuple_0") THEN json_extract_string("$tuple_0", '$[1]') END, ''), '(?i)\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*|\s*(nan|[+-]?inf|-?infinity)\s*') THEN TRY_CAST(coalesce(CASE WHEN json_valid("$tuple_0") THEN json_extract_string("$tuple_0", '$[1]') END, '') AS DOUBLE) END) AS BIGINT), CASE WHEN isfinite(CASE WHEN regexp_full_match(coalesce(CASE WHEN json_valid("$tuple_0") THEN json_extract_string("$tuple_0", '$[1]') END, ''), '(?i)\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*|\s*(nan|[+-]?inf|-?infinity)\s*') THEN TRY_CAST(coalesce(CASE WHEN json_valid("$tuple_0") THEN json_extract_string("$tuple_0", '$[1]') END, '') AS DOUBLE) END) THEN CAST(CASE WHEN CASE WHEN regexp_full_match(coalesce(CASE WHEN json_valid("$tuple_0") THEN json_extract_string("$tuple_0", '$[1]') END, ''), '(?i)\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*|\s*(nan|[+-]?inf|-?infinity)\s*') THEN TRY_CAST(coalesce(CASE WHEN json_valid("$tuple_0") THEN json_extract_string("$tuple_0", '$[1]') END, '') AS DOUBLE) END > 0 THEN 9223372036854775807 ELSE -9223372036854775808 END AS BIGINT) END), CASE coalesce(CASE WHEN json_valid("$tuple_0") THEN json_extract_string("$tuple_0", '$[1]') END, '') WHEN 'true' THEN 1 WHEN 'false' THEN 0 END) END) AS "at",
  "before"
FROM (
  SELECT
    "x",
    "$window_2" AS "before",
    kql_call('series_stats', 'dynamic', 'dynamic', CAST(('[' || coalesce(CAST(to_json("x") AS VARCHAR), 'null') || ',' || coalesce(CAST(to_json("$window_1") AS VARCHAR), 'null') || ',' || '2' || ']') AS VARCHAR), kql_turn(('[' || coalesce(CAST(to_json("x") AS VARCHAR), 'null') || ',' || coalesce(CAST(to_json("$window_1") AS VARCHAR), 'null') || ',' || '2' || ']'))) AS "$tuple_0"
  FROM (
    SELECT
      "x",
      "$window_1",
      "$window_2"
    FROM (
      SELECT
        "x",
        "~row",
        lag("x", 1, 9::BIGINT) OVER (ORDER BY "~row") AS "$window_1",
        lag("x", 1) OVER (ORDER BY "~row") AS "$window_2"
      FROM (
        SELECT *, row_number() OVER () AS "~row" FROM (
          SELECT
            value AS "x"
          FROM generate_series(1::BIGINT, 4::BIGINT, 1::BIGINT) AS series(value)
        )
      )
    )
    ORDER BY "~row"
  )
)
