SELECT *
FROM (
  SELECT
    coalesce(CASE WHEN json_valid("Member") THEN json_extract_string("Member", '$[0]') END, '') AS "Key",
    count(*) AS "Rows"
  FROM (
    SELECT
      NULLIF("~item0", 'null') AS "Member"
    FROM (
      SELECT
        *,
        unnest("~items0") AS "~item0"
      FROM (
        SELECT
          *,
          CASE WHEN (CASE WHEN json_valid("Auth") THEN json_type("Auth") END) = 'ARRAY' THEN CAST(json_extract("Auth", '$[*]') AS VARCHAR[]) WHEN (CASE WHEN json_valid("Auth") THEN json_type("Auth") END) = 'OBJECT' THEN list_transform(json_keys("Auth"), lambda _member: '[' || CAST(to_json(_member) AS VARCHAR) || ',' || coalesce(CASE WHEN (CASE WHEN json_valid("Auth") THEN json_type("Auth") END) = 'OBJECT' THEN NULLIF(CASE WHEN json_valid("Auth") THEN CAST(json_extract("Auth", '/' || replace(replace(_member, '~', '~0'), '/', '~1')) AS VARCHAR) END, 'null') END, 'null') || ']') ELSE [CAST(CASE WHEN json_valid("Auth") AND NOT (regexp_matches("Auth", '(?i)nan|inf') AND regexp_matches(regexp_replace("Auth", '"(?:[^"\\]|\\.)*"', '', 'g'), '(?i)nan|inf')) THEN NULLIF(CAST(json("Auth") AS VARCHAR), 'null') WHEN "Auth" <> '' THEN CAST(to_json("Auth") AS VARCHAR) END AS VARCHAR)] END AS "~items0"
        FROM (
          SELECT
            "Auth",
            "Extra"
          FROM "Mail"
          WHERE (NOT ("Extra" IS NULL))
        )
      )
    )
  )
  GROUP BY 1
)
ORDER BY "Key" ASC NULLS FIRST
