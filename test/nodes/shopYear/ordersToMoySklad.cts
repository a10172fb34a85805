import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Order } from '../../../core';
import { Money } from '../orders/money.cts';
import { chosen, type Shop } from '../orders/shop.cts';
import { codesOf, isRetryable, type Report } from './flows.cts';
import { CANCELLED, STATES } from './states.cts';

const WRITTEN = ['created', 'updated'];

/** Orders of a store, with their payments and shipments, into MoySklad; the same whatever they were read with. */
export class OrdersToMoySklad {
	private readonly money: Money;
	private readonly orders: INodeParameters;
	private readonly documents: INodeParameters;

	constructor(private readonly shop: Shop) {
		this.money = new Money(shop);
		const states = shop.moySklad.account.statesOf('customerorder');
		const state = (name: string) => chosen(states.find((one) => one.name === name)?.id ?? '');
		this.orders = {
			stateMap: { row: [{ when: 'canceled', status: '', state: state(CANCELLED) }, ...Object.entries(STATES).map(([name, status]) => ({ when: 'status', status, state: state(name) }))] },
		};
		this.documents = { refunds: 'outgoing', expenseItem: chosen(shop.idOf('expenseitem')), withdrawal: 'bin', conflicts: 'sourceWins' };
	}

	/** Lines that were refused because of goods that the store has taken back meanwhile are tried again once those are out of the books. */
	async write(given: readonly Order[]): Promise<IDataObject[]> {
		const results = await this.writeOnce(given);
		const refused = given.filter((_, index) => (results[index]?.error as { code?: string } | undefined)?.code === 'ORDER_SHIPPED');
		if (refused.length === 0) return results;
		const again = new Map((await this.writeOnce(refused)).map((result, index) => [refused[index], result]));
		return results.map((result, index) => again.get(given[index]) ?? result);
	}

	/** Of each order what became of it, or of its documents once it is there: also of one whose own changes were refused. */
	private async writeOnce(given: readonly Order[]): Promise<IDataObject[]> {
		const results = given.length > 0 ? await this.shop.write(given, this.orders) : [];
		const stored = given.filter((_, index) => [undefined, 'ORDER_SHIPPED'].includes(results[index]?.error?.code));
		const documents = new Map((stored.length > 0 ? await this.money.write(stored, this.documents) : []).map((one) => [String(one.bitrixId), one]));
		return results.map((result): IDataObject => {
			const document = documents.get(String(result.bitrixId));
			const status = document && document.status !== 'unchanged' && !result.error ? document.status : result.status;
			return { ...result, status, warnings: [...result.warnings, ...(document?.warnings ?? [])], ...(document?.error && { error: document.error }) } as unknown as IDataObject;
		});
	}

	/** Ids of the orders that were written. */
	tell(results: readonly IDataObject[], report: Report): string[] {
		for (const result of results) report(String(result.bitrixId), 'to MoySklad', String(result.status), codesOf(result));
		return results.filter(({ status }) => WRITTEN.includes(String(status))).map(({ bitrixId }) => String(bitrixId));
	}

	async settleDeleted(ids: readonly string[]): Promise<void> {
		if (ids.length === 0) return;
		const { store, moySklad } = this.shop;
		const run = await store.engine.runNode({
			type: 'moySkladEntity',
			parameters: { resource: 'customerOrder', operation: 'settleDeletedBitrixOrder', siteKey: 'shop', withdrawal: 'bin', conflicts: 'sourceWins', preview: false },
			credentials: { moySkladApi: { authentication: 'token', token: moySklad.users.integration.token, baseUrl: moySklad.baseUrl } },
			items: ids.map((id) => ({ bitrixId: id, link: this.shop.linkOf(id) ?? null, documentsLink: this.money.links.get(id) ?? null })) as unknown as IDataObject[],
		});
		if (run.error) throw run.error;
		const open = run.json(1).filter(isRetryable);
		if (open.length > 0) throw new Error(`${open.length} deletions are to be settled again`);
	}
}
