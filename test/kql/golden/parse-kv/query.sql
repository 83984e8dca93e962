SELECT
  "Row",
  coalesce(CASE WHEN json_valid("~values") THEN json_extract_string("~values", '$[0]') END, '') AS "name",
  coalesce(CASE WHEN json_valid("~values") THEN json_extract_string("~values", '$[1]') END, '') AS "full key",
  CASE WHEN regexp_full_match(coalesce(CASE WHEN json_valid("~values") THEN json_extract_string("~values", '$[2]') END, ''), '\s*[+-]?\d+\s*|\s*\+?0[xX][0-9a-fA-F]{1,16}\s*') THEN TRY_CAST(coalesce(CASE WHEN json_valid("~values") THEN json_extract_string("~values", '$[2]') END, '') AS BIGINT) END AS "size"
FROM (
  SELECT
    "Row",
    kql_call('parse-kv', 'dynamic', 'string,dynamic', "Text", CAST('{"keys":["name","full key","size"],"pair_delimiter":" ","kv_delimiter":"=","quote":["\"","()"],"escape":["\\"],"greedy":true}' AS VARCHAR), kql_turn("Text")) AS "~values"
  FROM (SELECT * FROM (VALUES (1::INTEGER, 'name=Ann Lee "full key"=(a;b\)c) size=7 name=Eve'), (2::INTEGER, 'name= size=x (full key)=open'), (3::INTEGER, 'size = 8'), (4::INTEGER, '')) AS rows("Row", "Text"))
)
