import { type KqlType, parseTimespan } from '../../../values/index.ts';
import { columnsOf, invalid, type Syntax, typeOf, unsupported } from '../../parse/index.ts';
import { convert } from '../apply.ts';
import type { Environment } from '../environment.ts';
import type { LowerPlugin } from './plugin.ts';
import { argumentsIn, computed, constantOf, distanceOn, picked, positiveOf } from './timeline.ts';

/** `sequence_detect(timeline, step window, span, predicates…, dimensions…)`; a bare column is a dimension. */
const sequenceDetect: LowerPlugin = (node, input, env) => {
  const [at, maxStep, maxSpan, ...rest] = argumentsIn(node);
  const isStep = (arg: Syntax): boolean => typeOf(arg) === 'bool';
  const [steps, dimensions] = [rest.filter(isStep), rest.filter((arg) => !isStep(arg))];
  if (steps.length === 0) return invalid(node.FunctionCall, 'sequence_detect', 'it has no predicate');
  if (rest.length + 1 !== columnsOf(node).length || !steps.every((arg, i) => arg === rest[i]))
    return unsupported(node.FunctionCall, 'sequence_detect with these dimensions');
  const distance = distanceOn(at);
  const options = {
    maxStep: constantOf(maxStep, distance, env),
    maxSpan: constantOf(maxSpan, distance, env),
    steps: steps.length,
  };
  const values = [
    env.scalar(at, env),
    ...steps.map((arg) => convert(arg, env.scalar(arg, env), 'bool')),
    ...dimensions.map((arg) => env.scalar(arg, env)),
  ];
  return computed(node, [picked(input, values)], options);
};

/** `funnel_sequence_completion(id, timeline, start, end, bin, state, sequence, periods)`. */
const funnelCompletion: LowerPlugin = (node, input, env) => {
  const [id, at, start, end, bin, state, sequence, periods] = argumentsIn(node);
  if (typeOf(state) !== 'string') return unsupported(state, `states of type ${typeOf(state)}`);
  const distance = distanceOn(at);
  const options = {
    start: constantOf(start, typeOf(at), env),
    end: constantOf(end, typeOf(at), env),
    step: positiveOf(bin, distance, env),
    sequence: listIn(sequence, env).map((item) => String(item)),
    periods: listIn(periods, env).map((item) => periodOf(periods, distance, item)),
  };
  return computed(
    node,
    [
      picked(
        input,
        [id, at, state].map((arg) => env.scalar(arg, env)),
      ),
    ],
    options,
  );
};

function listIn(node: Syntax, env: Environment): readonly unknown[] {
  const list = env.scalar(node, env);
  return list.kind === 'literal' && Array.isArray(list.value)
    ? list.value
    : invalid(node, 'the argument', 'it must be a constant array');
}

/** A period in an array: a time span is a text there. */
function periodOf(node: Syntax, type: KqlType, item: unknown): bigint {
  const period = type === 'timespan' ? parseTimespan(String(item)) : item;
  return typeof period === 'bigint' ? period : invalid(node, 'the periods', `one is not of type ${type}`);
}

/** Plugins that look for events in a given order. */
export const sequencePlugins: Readonly<Record<string, LowerPlugin>> = {
  sequence_detect: sequenceDetect,
  funnel_sequence_completion: funnelCompletion,
};
