import type { Portal } from '../portal.cts';
import { asInteger, asList, asText, isEmpty, isMap, type Params } from '../wire/params.cts';
import { RestError } from '../wire/restError.cts';
import { cut, MULTIFIELD_LENGTH } from './lengths.cts';
import { MULTIFIELD_TYPES, type MultifieldRow, type MultifieldType } from './rows.cts';

/** A value that is to be kept: a new one, or with `id` another text or kind for one that is there. */
export interface MultifieldDraft {
	id?: number;
	typeId: MultifieldType;
	/** Empty = the value of that id is deleted. */
	value: string;
	valueType: string;
}

const VALUE_TYPES: Record<MultifieldType, readonly string[]> = {
	PHONE: ['WORK', 'MOBILE', 'FAX', 'HOME', 'PAGER', 'MAILING', 'OTHER'],
	EMAIL: ['WORK', 'HOME', 'MAILING', 'OTHER'],
	WEB: ['WORK', 'HOME', 'FACEBOOK', 'VK', 'LIVEJOURNAL', 'TWITTER', 'OTHER'],
	IM: ['FACEBOOK', 'TELEGRAM', 'VK', 'SKYPE', 'VIBER', 'ICQ', 'OTHER'],
	LINK: ['USER'],
};

/**
 * What two values are compared by when duplicates are looked for. A phone's extension does not count. The sheet does
 * not say how much else of a phone's form is overlooked: here it is everything but digits, and that 8 and +7 are the
 * same in numbers of eleven digits.
 */
export function communicationKey(typeId: string, value: string): string {
	if (typeId !== 'PHONE') return `${typeId} ${value.trim().toLowerCase()}`;
	const digits = value.replace(/(доб|ext|[#;,]).*$/i, '').replace(/\D/g, '');
	return `PHONE ${digits.length === 11 && digits.startsWith('8') ? `7${digits.slice(1)}` : digits}`;
}

export const multifieldsOf = (portal: Portal, owner: string): MultifieldRow[] =>
	portal.store.multifields.where('owner', owner);

/**
 * Adds what has no id, changes and deletes what has one; everything else stays. So a phone that is given again
 * without its id is there twice.
 */
export function keepMultifields(portal: Portal, owner: string, drafts: readonly MultifieldDraft[]): void {
	const { multifields } = portal.store;
	for (const { id, typeId, value, valueType } of drafts) {
		const known = id === undefined ? undefined : multifields.get(id);
		const values = { owner, typeId, value, valueType, communication: communicationKey(typeId, value) };
		if (known?.owner === owner && value === '') multifields.remove(known.id);
		else if (known?.owner === owner) multifields.update(known.id, values);
		else if (value !== '') multifields.add(values);
	}
}

export function removeMultifields(portal: Portal, owner: string): void {
	for (const { id } of multifieldsOf(portal, owner)) portal.store.multifields.remove(id);
}

/** Values as `crm.contact.*` gets them: `[{ ID, VALUE, VALUE_TYPE, DELETE }]`. Throws for an e-mail that is none. */
export function readLegacyMultifields(typeId: MultifieldType, given: unknown): MultifieldDraft[] {
	return (asList(given) ?? []).filter(isMap).map((item) => {
		const value = asText(item.VALUE).trim();
		const id = asInteger(item.ID);
		const deleted = asText(item.DELETE) === 'Y';
		return draft(typeId, deleted ? '' : value, asText(item.VALUE_TYPE), id > 0 ? id : undefined);
	});
}

/** Values as `crm.item.*` gets them: `[{ typeId, valueType, value }]`. An id is ignored: they can only be added. */
export const readItemMultifields = (given: unknown): MultifieldDraft[] =>
	(asList(given) ?? []).filter(isMap).flatMap((item) => {
		const typeId = MULTIFIELD_TYPES.find((type) => type === item.typeId);
		return typeId === undefined ? [] : [draft(typeId, asText(item.value).trim(), asText(item.valueType))];
	});

function draft(typeId: MultifieldType, value: string, valueType: string, id?: number): MultifieldDraft {
	if (typeId === 'EMAIL' && value !== '' && !/^[^\s@]+@[^\s@]+$/.test(value))
		throw new RestError('ERROR_CORE', 'Поле "E-mail" содержит некорректный адрес.<br>');
	const allowed = VALUE_TYPES[typeId];
	return {
		typeId,
		value: cut(value, MULTIFIELD_LENGTH),
		valueType: allowed.includes(valueType) ? valueType : (allowed[0] ?? 'OTHER'),
		...(id !== undefined && { id }),
	};
}

/** As `crm.contact.get` shows one. */
export const showLegacyMultifield = ({ id, valueType, value, typeId }: MultifieldRow): Params => ({
	ID: String(id),
	VALUE_TYPE: valueType,
	VALUE: value,
	TYPE_ID: typeId,
});

/** As `crm.item.get` shows them: the list, and a few of them by name. */
export function showItemMultifields(rows: readonly MultifieldRow[]): Params {
	const first = (typeId: MultifieldType, valueType?: string): string =>
		rows.find((row) => row.typeId === typeId && (valueType === undefined || row.valueType === valueType))?.value ?? '';
	return {
		phoneMobile: first('PHONE', 'MOBILE'),
		phoneWork: first('PHONE', 'WORK'),
		phoneMailing: first('PHONE', 'MAILING'),
		emailHome: first('EMAIL', 'HOME'),
		emailWork: first('EMAIL', 'WORK'),
		emailMailing: first('EMAIL', 'MAILING'),
		email: first('EMAIL'),
		phone: first('PHONE'),
		fm: rows.map(({ id, valueType, value, typeId }) => ({ id, valueType, value, typeId })),
	};
}

export const hasMultifield = (portal: Portal, owner: string, typeId: MultifieldType): boolean =>
	multifieldsOf(portal, owner).some((row) => row.typeId === typeId && !isEmpty(row.value));
