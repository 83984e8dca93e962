SELECT
  kql_aggregate('buildschema', 'dynamic', 'dynamic', '[' || string_agg(CAST(to_json([CAST("v" AS VARCHAR)]) AS VARCHAR), ',') || ']', kql_turn(count(*))) AS "schema_v"
FROM (SELECT * FROM (VALUES ('{"x":1,"y":3.5}'), (NULL::VARCHAR), ('{"x":"some","y":{"w":true},"z":[1,{"a":2}]}')) AS rows("v"))
