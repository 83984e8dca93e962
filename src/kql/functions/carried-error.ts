import { sqlText } from '../../duckdb/index.ts';
import { MailhuntError } from '../../errors/index.ts';

/** Begins the text that carries an error of the catalogue through the engine. */
export const ERROR_MARK = 'mailhunt-error ';

/** An error as the engine may carry it: it keeps the message only. */
export function carried(error: unknown): Error {
  return error instanceof MailhuntError ? new Error(textOf(error), { cause: error }) : (error as Error);
}

/** SQL that ends the query with an error of the catalogue where it is evaluated. */
export const errorSql = (error: MailhuntError): string => `error(${sqlText(textOf(error))})`;

const textOf = ({ code, facts }: MailhuntError): string => `${ERROR_MARK}${JSON.stringify({ code, facts })}`;
