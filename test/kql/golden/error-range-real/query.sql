SELECT
  CAST(cells[1] AS DOUBLE) AS "x"
FROM (SELECT unnest(from_json(kql_rows('range', '{"options":{"from":0,"to":1,"step":0.1},"schema":[{"name":"x","type":"real"}],"schemas":[]}'), '[["VARCHAR"]]')) AS cells)
