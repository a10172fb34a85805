import { fieldRefusal } from '../errors.cts';
import { hrefPath, isUuid } from '../hrefs.cts';
import { EQUALITY, text, wrongType } from './kinds.cts';
import { readReference } from './references.cts';
import {
	asRef,
	isObject,
	rowsOf,
	type Draft,
	type Json,
	type Kind,
	type Place,
	type Ref,
	type Row,
} from './schema.cts';
import { showMeta, showRef } from './showing.cts';

/** Kinds of values that documents and their parties have. */

export interface Rate {
	/** Id of the currency. */
	currency: string;
	/** Units of the account's currency for one. */
	value: number;
}

/** `{currency: {meta}, value?}`; null puts the document into the account's currency. */
export const rate: Kind = {
	label: 'Object',
	parse(value, place) {
		if (!isObject(value)) throw wrongType(place, 'Object');
		const { account } = place.session;
		const currency =
			value.currency === undefined ? account.defaultCurrency : readReference(value.currency, place, ['currency']).id;
		if (value.value !== undefined && typeof value.value !== 'number') throw wrongType(place, 'Float');
		return { currency, value: (value.value as number | undefined) ?? account.rateOf(currency) } satisfies Rate;
	},
	show: (stored, { session }) => {
		const { currency, value } = stored as Rate;
		return { currency: showRef({ type: 'currency', id: currency }, session, undefined), ...(value !== 1 && { value }) };
	},
};

export interface State {
	id: string;
	entity: string;
	name: string;
	color: number;
	stateType: 'Regular' | 'Successful' | 'Unsuccessful';
}

const stateMeta = ({ id, entity }: Pick<State, 'id' | 'entity'>, base: string): Json => ({
	href: `${base}/entity/${entity}/metadata/states/${id}`,
	metadataHref: `${base}/entity/${entity}/metadata`,
	type: 'state',
	mediaType: 'application/json',
});

export const showState = (state: State, accountId: string, base: string): Json => {
	const { entity, id, name, color, stateType } = state;
	return { meta: stateMeta(state, base), id, accountId, name, color, stateType, entityType: entity };
};

/** The id of a state of this entity. */
export const state: Kind = {
	label: 'Object',
	targets: ['state'],
	parse(value, place) {
		if (!isObject(value) || !isObject(value.meta)) throw fieldRefusal(2014, place.field, place.field);
		if (typeof value.meta.href !== 'string') throw fieldRefusal(2010, place.field, place.field);
		return stateAt(value.meta.href, place);
	},
	show(stored, { session, row, expand }) {
		const { account } = session;
		const known = account.statesOf(row.type).find(({ id }) => id === stored);
		if (!known) return undefined;
		return expand ? showState(known, account.id, account.base) : { meta: stateMeta(known, account.base) };
	},
	filter: {
		operators: EQUALITY,
		literal: (literal) => literal.split('/').at(-1)?.toLowerCase() ?? '',
		comparable: (stored) => stored as string,
	},
};

function stateAt(href: string, { session, resource }: Place): string {
	const [root, entity, metadata, word, id = ''] = hrefPath(href, session.account.base) ?? [];
	if (root !== 'entity' || metadata !== 'metadata' || word !== 'states' || !isUuid(id))
		throw fieldRefusal(2013, 'state', 'state');
	const known = session.account.statesOf(entity ?? '').find((one) => one.id === id.toLowerCase());
	if (!known) throw fieldRefusal(11001, 'state', id);
	if (known.entity !== resource.type) throw fieldRefusal(11002, 'state', known.name);
	return known.id;
}

/** An account (bank details) of an organization or a counterparty: `…/entity/organization/<id>/accounts/<id>`. */
export const accountOf = (...owners: string[]): Kind => ({
	label: 'Object',
	parse(value, place) {
		if (!isObject(value) || !isObject(value.meta)) throw fieldRefusal(2014, place.field, place.field);
		if (typeof value.meta.href !== 'string') throw fieldRefusal(2010, place.field, place.field);
		const [root, type = '', owner = '', word, id = ''] = hrefPath(value.meta.href, place.session.account.base) ?? [];
		if (root !== 'entity' || word !== 'accounts' || !owners.includes(type))
			throw fieldRefusal(2013, place.field, place.field);
		const row = place.session.account.find({ type, id: owner.toLowerCase() });
		if (!row || !rowsOf(row, 'accounts').some((one) => one.id === id.toLowerCase()))
			throw fieldRefusal(2013, place.field, place.field);
		return { type, id: row.id, account: id.toLowerCase() };
	},
	show(stored, { session }) {
		const { account, ...owner } = stored as AccountRef;
		return {
			meta: {
				href: `${session.account.hrefOf(owner)}/accounts/${account}`,
				type: 'account',
				mediaType: 'application/json',
			},
		};
	},
});

/** The owner, and which of its accounts. */
export interface AccountRef extends Ref {
	account: string;
}

/** The account row that a reference points to. */
export function accountRow(value: unknown, find: (ref: Ref) => Row | undefined): Row | undefined {
	const ref = asRef(value) as AccountRef | undefined;
	const owner = ref && find(ref);
	return owner && rowsOf(owner, 'accounts').find(({ id }) => id === ref.account);
}

const ADDRESS_LENGTHS: Record<string, number> = {
	postalCode: 6,
	city: 255,
	street: 255,
	house: 30,
	apartment: 30,
	addInfo: 255,
	comment: 255,
};

/** A structured address. null does not clear it; the text twin does. */
export const address: Kind = {
	label: 'Object',
	ignoresNull: true,
	parse(value, place) {
		if (!isObject(value)) throw wrongType(place, 'Object');
		const read: Record<string, unknown> = { ...(place.before as Json | undefined) };
		for (const [name, part] of Object.entries(value)) {
			const most = ADDRESS_LENGTHS[name];
			const inner: Place = { ...place, field: name, before: undefined };
			if (part === null) delete read[name];
			else if (most !== undefined) read[name] = text(most).parse(part, inner);
			else if (name === 'country' || name === 'region') read[name] = readReference(part, inner, [name]);
			else throw fieldRefusal(1007, name, name);
		}
		return read;
	},
	show: (stored, { session }) =>
		Object.fromEntries(
			Object.entries(stored as Json).map(([name, part]) => [
				name,
				isObject(part) ? { meta: showMeta(part as unknown as Ref, session) } : part,
			]),
		),
};

/**
 * Keeps the two forms of an address in step: the structured one wins; text alone becomes `addInfo`; empty text clears both.
 * `given` are the fields of the body.
 */
export function settleAddress(
	draft: Draft,
	name: string,
	given: ReadonlySet<string>,
	find: (ref: Ref) => Row | undefined,
): void {
	const full = `${name}Full`;
	if (given.has(full) && draft[full] !== undefined) {
		draft[name] = addressText(draft[full] as Json, find);
	} else if (given.has(name)) {
		draft[full] = draft[name] === undefined ? undefined : { addInfo: draft[name] };
	}
}

function addressText(parts: Json, find: (ref: Ref) => Row | undefined): string {
	const order = ['postalCode', 'country', 'region', 'city', 'street', 'house', 'apartment', 'addInfo'];
	return order
		.map((name) => parts[name])
		.map((part) => (isObject(part) ? find(part as unknown as Ref)?.name : part))
		.filter((part) => part !== undefined)
		.join(', ');
}
