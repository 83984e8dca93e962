SELECT
  "z",
  round(coalesce(CASE WHEN regexp_full_match(coalesce(CASE WHEN json_valid("$tuple_0") THEN json_extract_string("$tuple_0", '$[0]') END, ''), '(?i)\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*|\s*(nan|[+-]?inf|-?infinity)\s*') THEN TRY_CAST(coalesce(CASE WHEN json_valid("$tuple_0") THEN json_extract_string("$tuple_0", '$[0]') END, '') AS DOUBLE) END, CASE WHEN NOT starts_with(NULLIF(CASE WHEN json_valid("$tuple_0") THEN CAST(json_extract("$tuple_0", '$[0]') AS VARCHAR) END, 'null'), '"') THEN CASE coalesce(CASE WHEN json_valid("$tuple_0") THEN json_extract_string("$tuple_0", '$[0]') END, '') WHEN 'true' THEN 1 WHEN 'false' THEN 0 END END), 3) AS "lowest"
FROM (
  SELECT
    "z",
    kql_call('series_stats', 'dynamic', 'dynamic', CAST(NULLIF(CASE WHEN json_valid("$tuple_1") THEN CAST(json_extract("$tuple_1", '$[0]') AS VARCHAR) END, 'null') AS VARCHAR), kql_turn(NULLIF(CASE WHEN json_valid("$tuple_1") THEN CAST(json_extract("$tuple_1", '$[0]') AS VARCHAR) END, 'null'))) AS "$tuple_0"
  FROM (
    SELECT
      "z",
      kql_call('series_fft', 'dynamic', 'dynamic', CAST(NULLIF(CASE WHEN json_valid("$tuple_1") THEN CAST(json_extract("$tuple_1", '$[0]') AS VARCHAR) END, 'null') AS VARCHAR), kql_turn(NULLIF(CASE WHEN json_valid("$tuple_1") THEN CAST(json_extract("$tuple_1", '$[0]') AS VARCHAR) END, 'null'))) AS "$tuple_1"
    FROM (
      SELECT
        "z",
        kql_call('series_fft', 'dynamic', 'dynamic', CAST(NULLIF(CASE WHEN json_valid("$tuple_1") THEN CAST(json_extract("$tuple_1", '$[0]') AS VARCHAR) END, 'null') AS VARCHAR), kql_turn(NULLIF(CASE WHEN json_valid("$tuple_1") THEN CAST(json_extract("$tuple_1", '$[0]') AS VARCHAR) END, 'null'))) AS "$tuple_1"
      FROM (
        SELECT
          "z",
          kql_call('series_fft', 'dynamic', 'dynamic', CAST(NULLIF(CASE WHEN json_valid("$tuple_1") THEN CAST(json_extract("$tuple_1", '$[0]') AS VARCHAR) END, 'null') AS VARCHAR), kql_turn(NULLIF(CASE WHEN json_valid("$tuple_1") THEN CAST(json_extract("$tuple_1", '$[0]') AS VARCHAR) END, 'null'))) AS "$tuple_1"
        FROM (
          SELECT
            "z",
            kql_call('series_fft', 'dynamic', 'dynamic', CAST(NULLIF(CASE WHEN json_valid("$tuple_1") THEN CAST(json_extract("$tuple_1", '$[0]') AS VARCHAR) END, 'null') AS VARCHAR), kql_turn(NULLIF(CASE WHEN json_valid("$tuple_1") THEN CAST(json_extract("$tuple_1", '$[0]') AS VARCHAR) END, 'null'))) AS "$tuple_1"
          FROM (
            SELECT
              "z",
              kql_call('series_fft', 'dynamic', 'dynamic', CAST(NULLIF(CASE WHEN json_valid("$tuple_1") THEN CAST(json_extract("$tuple_1", '$[0]') AS VARCHAR) END, 'null') AS VARCHAR), kql_turn(NULLIF(CASE WHEN json_valid("$tuple_1") THEN CAST(json_extract("$tuple_1", '$[0]') AS VARCHAR) END, 'null'))) AS "$tuple_1"
            FROM (
              SELECT
                "z",
                kql_call('series_fft', 'dynamic', 'dynamic', CAST(NULLIF(CASE WHEN json_valid("$tuple_1") THEN CAST(json_extract("$tuple_1", '$[0]') AS VARCHAR) END, 'null') AS VARCHAR), kql_turn(NULLIF(CASE WHEN json_valid("$tuple_1") THEN CAST(json_extract("$tuple_1", '$[0]') AS VARCHAR) END, 'null'))) AS "$tuple_1"
              FROM (
                SELECT
                  1::BIGINT AS "z",
                  kql_call('series_fft', 'dynamic', 'dynamic', CAST('[1,2,4]' AS VARCHAR)) AS "$tuple_1"
              )
            )
          )
        )
      )
    )
  )
)
