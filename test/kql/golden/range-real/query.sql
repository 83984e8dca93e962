SELECT
  CAST(cells[1] AS DOUBLE) AS "x"
FROM (SELECT unnest(from_json(kql_rows('range', '{"options":{"from":3,"to":1.5,"step":-0.5},"schema":[{"name":"x","type":"real"}],"schemas":[]}'), '[["VARCHAR"]]')) AS cells)
