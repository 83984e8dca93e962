import { unsupported } from '../../parse/index.ts';
import { withWindows } from '../window-call.ts';
import { lowerCount, lowerDistinct, lowerSummarize } from './aggregate.ts';
import { lowerMvApply } from './apply.ts';
import { lowerEvaluate } from './evaluate.ts';
import { lowerExpand } from './expand.ts';
import { lowerFilter } from './filter.ts';
import { lowerGetschema } from './getschema.ts';
import { lowerInvoke } from './invoke.ts';
import { lowerJoin, lowerLookup } from './join.ts';
import type { LowerOperator } from './operator.ts';
import { lowerParse, lowerParseWhere } from './parse.ts';
import { lowerParseKv } from './parse-kv.ts';
import { lowerPartition } from './partition.ts';
import { lowerExtend, lowerProject, lowerRename, lowerSelect } from './project.ts';
import { lowerReduce } from './reduce.ts';
import { lowerAs, lowerConsume, lowerRender } from './same.ts';
import { lowerSample, lowerSampleDistinct, lowerTopHitters } from './sample.ts';
import { lowerScan } from './scan.ts';
import { lowerFind, lowerSearch } from './search.ts';
import { lowerSerialize } from './serialize.ts';
import { lowerSeries } from './series.ts';
import { lowerSort, lowerTake, lowerTop } from './sort.ts';
import { lowerTopNested } from './top-nested.ts';
import { lowerUnion } from './union.ts';

/** Every operator that may follow a bar, by its kind in Microsoft's syntax. What is not here is refused by name. */
export const operators: Readonly<Record<string, LowerOperator>> = {
  AsOperator: lowerAs,
  ConsumeOperator: lowerConsume,
  CountOperator: lowerCount,
  DistinctOperator: lowerDistinct,
  EvaluateOperator: lowerEvaluate,
  ExtendOperator: withWindows(lowerExtend),
  FacetOperator: (node) => unsupported(node, 'facet before other operators'),
  FilterOperator: withWindows(lowerFilter),
  ForkOperator: (node) => unsupported(node, 'fork before other operators'),
  GetSchemaOperator: lowerGetschema,
  InvokeOperator: lowerInvoke,
  JoinOperator: lowerJoin,
  LookupOperator: lowerLookup,
  MakeSeriesOperator: lowerSeries,
  MvExpandOperator: lowerExpand,
  MvApplyOperator: lowerMvApply,
  ParseKvOperator: lowerParseKv,
  ParseOperator: lowerParse,
  PartitionOperator: lowerPartition,
  ParseWhereOperator: lowerParseWhere,
  ProjectAwayOperator: lowerSelect,
  ProjectByNamesOperator: lowerSelect,
  ProjectKeepOperator: lowerSelect,
  ProjectOperator: withWindows(lowerProject),
  ProjectRenameOperator: lowerRename,
  ProjectReorderOperator: lowerSelect,
  ReduceByOperator: lowerReduce,
  RenderOperator: lowerRender,
  ScanOperator: lowerScan,
  SearchOperator: (node, input, env) => lowerSearch(node, input, env),
  FindOperator: (node, input, env) => lowerFind(node, input, env),
  SerializeOperator: lowerSerialize,
  SampleDistinctOperator: lowerSampleDistinct,
  SampleOperator: lowerSample,
  SortOperator: lowerSort,
  SummarizeOperator: lowerSummarize,
  TakeOperator: lowerTake,
  TopHittersOperator: lowerTopHitters,
  TopNestedOperator: lowerTopNested,
  TopOperator: lowerTop,
  UnionOperator: (node, input, env) => lowerUnion(node, input, env),
};
