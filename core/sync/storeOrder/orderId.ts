import type { FullOrder } from '../../moysklad/fullOrder';

/** Which order of a store a customer order belongs to, as far as it says so itself. */
export type StoreReference =
	/** The id of the order in this store. */
	| { id: string }
	/** An order of another store. */
	| { other: string }
	/** It may have been born in MoySklad. */
	| undefined;

/** Reads the external code that orders of a store get when they are made in MoySklad: `bitrix:<site key>:<id>`. */
export function storeReference({ externalCode }: Pick<FullOrder, 'externalCode'>, siteKey: string): StoreReference {
	const [, key = '', id = ''] = /^bitrix:(.+):(\d+)$/.exec(externalCode ?? '') ?? [];
	if (id === '') return undefined;
	return key === siteKey ? { id } : { other: key };
}
