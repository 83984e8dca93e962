import { refuseToEvaluate } from './refusal.ts';
import type { ScalarFunction } from './row.ts';
import { textFunction } from './text-function.ts';
import { DeepXml, MAX_XML_DEPTH, readXml } from './xml-read.ts';

/** Longer texts are null, as the reference says. */
const MAX_BYTES = 1_048_576;

/** `parse_xml`; null of what is not well-formed. Values stay text. */
export const xmlFunctions: readonly ScalarFunction[] = [
  textFunction('parse_xml', (text = '') => {
    if (text.length > MAX_BYTES || Buffer.byteLength(text) > MAX_BYTES) return null;
    try {
      return readXml(text) ?? null;
    } catch (error) {
      if (!(error instanceof DeepXml)) throw error;
      return refuseToEvaluate('parse_xml', `its elements are nested more than ${MAX_XML_DEPTH} deep`);
    }
  }),
];
