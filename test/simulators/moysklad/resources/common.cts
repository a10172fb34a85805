import { randomBytes } from 'node:crypto';
import { attributes } from '../engine/attributes.cts';
import * as kinds from '../engine/kinds.cts';
import { reference } from '../engine/references.cts';
import type { Field, Json, Resource } from '../engine/schema.cts';
import type { Session } from '../session.cts';

/** Fields that many entities share. */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** As MoySklad makes external codes: 22 characters. */
export const newExternalCode = (): string =>
	[...randomBytes(22)].map((byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('');

export const name: Field = { kind: kinds.text(), required: true, sort: true };
export const description: Field = { kind: kinds.text(4096), sort: true };
export const code: Field = { kind: kinds.text(), sort: true };
export const externalCode: Field = { kind: kinds.text(), sort: true, initial: newExternalCode };
export const archived: Field = { kind: kinds.boolean, sort: true, initial: () => false };
export const updated: Field = { kind: kinds.moment, readOnly: true, sort: true };
export const created: Field = { kind: kinds.moment, readOnly: true, sort: true };
export const syncId: Field = { kind: kinds.uuid, sort: true };
export const additional: Field = { kind: attributes };

/** Who owns it and who sees it. */
export const ownership: Record<string, Field> = {
	owner: { kind: reference('employee'), initial: ({ user }) => (user.kind === 'user' ? user.ref : undefined) },
	shared: { kind: kinds.boolean, initial: () => false },
	group: { kind: reference('group'), initial: ({ account }) => ({ type: 'group', id: account.groupId }) },
};

/** Kept and given back, without meaning here. */
export const kept = (...names: string[]): Record<string, Field> =>
	Object.fromEntries(names.map((one) => [one, { kind: kinds.opaque }]));

export const readOnly = (field: Field): Field => ({ ...field, readOnly: true });

/** Attached files are not simulated: there are none. */
export const noFiles: Field = {
	kind: { label: 'MetaArray', parse: () => undefined, show: (stored) => stored },
	readOnly: true,
	reckon: (row, session) => emptyCollection(session, row, 'files'),
};

function emptyCollection(session: Session, row: { type: string; id: string }, word: string): Json {
	const meta = {
		href: `${session.account.hrefOf(row)}/${word}`,
		type: word,
		mediaType: 'application/json',
		size: 0,
		limit: 1000,
		offset: 0,
	};
	return { meta };
}

/** Dictionary entries that are a name and little else. */
export const plainDictionary = (
	type: string,
	fields: Record<string, Field>,
	more: Partial<Resource> = {},
): Resource => ({
	type,
	search: { fields: ['name'] },
	fields: { ...ownership, updated, name, description, code, externalCode, ...fields },
	...more,
});
