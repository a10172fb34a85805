import { isUuid } from '../../../core';
import type { Entity } from '../../../transport';

/** A counterparty as a person knows it. */
export interface ShownCounterparty {
	id: string;
	name: string | null;
	companyType: string | null;
	inn: string | null;
	kpp: string | null;
	phone: string | null;
	email: string | null;
	archived: boolean;
	/** Its page in MoySklad. */
	url: string | null;
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** One that is not there (any more, or yet) has nothing to show. */
export function shownCounterparty(id: string, row: Entity = {}): ShownCounterparty {
	return {
		id,
		name: text(row.name),
		companyType: text(row.companyType),
		inn: text(row.inn),
		kpp: text(row.kpp),
		phone: text(row.phone),
		email: text(row.email),
		archived: row.archived === true,
		url: text((row.meta as { uuidHref?: unknown } | undefined)?.uuidHref) ?? (isUuid(id) ? `https://online.moysklad.ru/app/#Company/edit?id=${id}` : null),
	};
}
