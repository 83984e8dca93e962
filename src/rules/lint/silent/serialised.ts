import type { SyntaxNode } from '../../../kql/index.ts';
import { constantsOf } from '../constants.ts';
import type { Lint } from '../lint.ts';
import { argumentsOf, calledName, comparisonsOf, nodesOfKind } from '../nodes.ts';

/** A value with members compared with the text that it would be written as. */
export const arrayAgainstText: Lint = {
  id: 'MH205',
  name: 'array-against-its-text',
  group: 'silent',
  severity: 'warning',
  summary: 'An array or an object is compared with the text of one of its values.',
  why: [
    '`parse_json(DetectionMethods).Phish` is an array of all methods that found the message. Compared with the text',
    '`["URL detonation"]`, it is equal only where that is the only method and the text is spaced and quoted exactly so;',
    '`["URL detonation","Advanced filter"]` is missed, and so is every spelling that Microsoft changes to. Ask for the',
    'member: `set_has_element(parse_json(DetectionMethods).Phish, "URL detonation")`, or `has "URL detonation"`.',
  ].join('\n'),
  source: 'https://learn.microsoft.com/kusto/query/set-has-element-function',
  examples: [
    {
      wrong:
        'EmailEvents | extend Methods = parse_json(DetectionMethods) | where Methods.Phish in (@\'["URL detonation"]\')',
      right:
        'EmailEvents | extend Methods = parse_json(DetectionMethods) | where set_has_element(Methods.Phish, "URL detonation")',
    },
    {
      wrong: 'EmailEvents | where DetectionMethods == \'{"Phish":["Spoof DMARC"]}\'',
      right: 'EmailEvents | where DetectionMethods has "Spoof DMARC"',
    },
  ],
  *check({ reading }) {
    if (reading === undefined) return;
    const told = new Set<string>();
    for (const { node, operator, left, right } of comparisonsOf(reading.root)) {
      // A `case` of many methods is one mistake, not twenty.
      if (!/^(?:[=!][=~]|!?in~?)$/.test(operator) || told.has(left.text)) continue;
      const texts = right.flatMap((side) => constantsOf(side).map(({ text }) => text.trim()));
      const text = texts.find((candidate) => /^\[.*[\w"'].*\]$|^\{.*[\w"'].*\}$/s.test(candidate) && isJson(candidate));
      if (text === undefined) continue;
      told.add(left.text);
      yield {
        span: node.span,
        message: `${brief(left.text)} is compared with the whole text ${brief(text)}: equal only where nothing else stands in it and it is spaced and quoted so.`,
      };
    }
  },
};

/** A search for members of JSON as they are written, with their quotes and colons. */
export const jsonFragment: Lint = {
  id: 'MH206',
  name: 'json-fragment-searched',
  group: 'silent',
  severity: 'warning',
  summary: 'A piece of written JSON is searched for in a column.',
  why: [
    'A search for `Phish":["Spoof DMARC"]` finds a message only where that is the first and only method: of',
    '`{"Phish":["Spoof DMARC","Advanced filter"]}` it finds nothing. A search for `"SPF": "fail"` with a space finds nothing at all,',
    'as Defender writes `{"SPF":"fail","DKIM":"none"}`, and hangs on that spelling. Read the member:',
    '`parse_json(AuthenticationDetails).SPF == "fail"`, or search for the words alone.',
  ].join('\n'),
  source: 'https://learn.microsoft.com/kusto/query/parse-json-function',
  examples: [
    {
      wrong: 'EmailEvents | where DetectionMethods has \'Phish":["Spoof DMARC"]\'',
      right: 'EmailEvents | where set_has_element(parse_json(DetectionMethods).Phish, "Spoof DMARC")',
    },
    {
      wrong: 'EmailEvents | where AuthenticationDetails contains \'"SPF": "fail"\'',
      right: 'EmailEvents | where parse_json(AuthenticationDetails).SPF == "fail"',
    },
    {
      wrong: 'EmailEvents | extend Method = extract(@\'Phish":\\["(.*?)"]\', 1, DetectionMethods)',
      right: 'EmailEvents | mv-expand Method = parse_json(DetectionMethods).Phish to typeof(string)',
    },
  ],
  *check({ reading }) {
    if (reading === undefined) return;
    for (const { node, operator, left, right } of comparisonsOf(reading.root)) {
      if (!/^!?(?:has|contains|startswith|endswith)|^matches regex$/.test(operator)) continue;
      const texts = right.flatMap((side) => constantsOf(side).map(({ text }) => text));
      const text = texts.find((candidate) => jsonPiece.test(candidate));
      if (text === undefined || !/^[\w.]+$|^tostring\(/.test(left.text)) continue;
      yield {
        span: node.span,
        message: `${brief(left.text)} is searched for the written JSON ${brief(text)}: ${/\[/.test(text) ? 'found only where it is the first of its list' : 'found only while it is spaced and quoted exactly so'}.`,
      };
    }
    yield* takenApart(reading.root);
  },
};

/** Regular expressions that take a list of written JSON apart. */
function* takenApart(root: SyntaxNode): Generator<{ span: SyntaxNode['span']; message: string }> {
  for (const call of nodesOfKind(root, 'FunctionCallExpression')) {
    const [pattern, , value] = argumentsOf(call);
    if (calledName(call) !== 'extract' || pattern === undefined || value === undefined) continue;
    const text = constantsOf(pattern)[0]?.text ?? '';
    if (!/\w":\\?\s?\\?\[\s?"\(\.[*+]\??\)/.test(text)) continue;
    yield {
      span: call.span,
      message: `${brief(text)} takes written JSON apart: of a list of two members it gives both with the quotes and comma between them, as one.`,
    };
  }
}

/** A quoted name with its colon, or two quoted members with their comma. */
const jsonPiece = /\w\\?"\s{0,4}:\s{0,4}(?:\\?"|\\?\[|\{|\d|true|false|null)|\w\\?"\s{0,4}:$|\w",\s{0,4}"\w/;

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    // Single quotes and trailing commas are seen too; they are as much meant as the text of the array.
    return /^[[{]\s*["'].*["']\s*[\]}]$/s.test(text);
  }
};

const brief = (text: string): string => (text.length <= 60 ? text : `${text.slice(0, 57)}…`);
