import { textOf } from '../../../core';

/** An entry of a list, of fields of a row: its id behind its name, since names are not unique. */
export const namedEntry = (name: unknown, id: unknown): { name: string; value: string } => ({ name: `${textOf(name) ?? ''} (${textOf(id) ?? ''})`, value: textOf(id) ?? '' });
