import { SyncError } from '../../../../core';
import { readAll, type Entity, type MoySkladClient } from '../../../../transport';

/** Codes that stores still use for another one. */
const RENAMED: Record<string, string> = { RUR: 'RUB', BYR: 'BYN' };

const codeOf = (currency: string): string => RENAMED[currency.toUpperCase()] ?? currency.toUpperCase();

/** The currencies of the account, read once and only when an order is made. */
export class Currencies {
	private rows: Promise<Entity[]> | undefined;

	constructor(private readonly client: MoySkladClient) {}

	/** The id of the currency; undefined for the account's own. Throws ORDER_CURRENCY_UNKNOWN: an amount is never taken for one of another currency. */
	async idOf(currency: string): Promise<string | undefined> {
		this.rows ??= readAll(this.client, 'entity/currency');
		const row = (await this.rows).find(({ isoCode }) => String(isoCode).toUpperCase() === codeOf(currency));
		if (!row) throw new SyncError('ORDER_CURRENCY_UNKNOWN', { currency });
		return row.default === true ? undefined : String(row.id);
	}
}
