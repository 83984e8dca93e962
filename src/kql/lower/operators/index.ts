import { lowerCount, lowerDistinct, lowerSummarize } from './aggregate.ts';
import { lowerExpand } from './expand.ts';
import { lowerFilter } from './filter.ts';
import { lowerGetschema } from './getschema.ts';
import { lowerJoin, lowerLookup } from './join.ts';
import type { LowerOperator } from './operator.ts';
import { lowerParse, lowerParseWhere } from './parse.ts';
import { lowerExtend, lowerProject, lowerRename, lowerSelect } from './project.ts';
import { lowerAs, lowerRender } from './same.ts';
import { lowerSeries } from './series.ts';
import { lowerSort, lowerTake, lowerTop } from './sort.ts';
import { lowerUnion } from './union.ts';

/** Every operator that may follow a bar, by its kind in Microsoft's syntax. What is not here is refused by name. */
export const operators: Readonly<Record<string, LowerOperator>> = {
  AsOperator: lowerAs,
  CountOperator: lowerCount,
  DistinctOperator: lowerDistinct,
  ExtendOperator: lowerExtend,
  FilterOperator: lowerFilter,
  GetSchemaOperator: lowerGetschema,
  JoinOperator: lowerJoin,
  LookupOperator: lowerLookup,
  MakeSeriesOperator: lowerSeries,
  MvExpandOperator: lowerExpand,
  ParseOperator: lowerParse,
  ParseWhereOperator: lowerParseWhere,
  ProjectAwayOperator: lowerSelect,
  ProjectByNamesOperator: lowerSelect,
  ProjectKeepOperator: lowerSelect,
  ProjectOperator: lowerProject,
  ProjectRenameOperator: lowerRename,
  ProjectReorderOperator: lowerSelect,
  RenderOperator: lowerRender,
  SerializeOperator: lowerExtend,
  SortOperator: lowerSort,
  SummarizeOperator: lowerSummarize,
  TakeOperator: lowerTake,
  TopOperator: lowerTop,
  UnionOperator: (node, input, env) => lowerUnion(node, input, env),
};
